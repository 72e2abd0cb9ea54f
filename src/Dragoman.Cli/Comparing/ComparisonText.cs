using System.Globalization;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>Numbers of a comparison as text; what could not be computed has a sign of its own and is never printed as NaN.</summary>
internal static class ComparisonText
{
    internal static string Probability(double p) => p < 0.0001 ? "<0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>The interval to report; null for one query, whose interval has no width and says nothing.</summary>
    internal static Interval? Interval(Comparison comparison) => comparison.ByQuery.Count > 1 ? comparison.Interval.Corrected : null;

    internal static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    internal static string Number(double? value, string format, string missing) => value?.ToString(format, CultureInfo.InvariantCulture) ?? missing;
}
