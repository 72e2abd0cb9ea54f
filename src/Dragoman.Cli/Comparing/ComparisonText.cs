using System.Globalization;

namespace Dragoman.Cli.Comparing;

/// <summary>Numbers of a comparison as text; what could not be computed has a sign of its own and is never printed as NaN.</summary>
internal static class ComparisonText
{
    internal static string Probability(double p) => p < 0.0001 ? "<0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);

    internal static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    internal static string Number(double? value, string format, string missing) => value?.ToString(format, CultureInfo.InvariantCulture) ?? missing;
}
