using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>Numbers as charts and reports print them: four decimals, and an exponent where those would be all digits or none.</summary>
internal static class NumberText
{
    private const double Large = 1e7;

    internal static string Value(double value) => Math.Abs(value) >= Large ? Exponent(value) : value.ToString("F4", CultureInfo.InvariantCulture);

    internal static string Signed(double value) =>
        Math.Abs(value) >= Large ? (value > 0 ? "+" : "") + Exponent(value) : value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>A number of any size, such as a loss or a learning rate.</summary>
    internal static string Any(double value) =>
        !double.IsFinite(value) ? "not a number" : value != 0 && Math.Abs(value) is < 0.001 or >= Large ? Exponent(value) : value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Exponent(double value) => value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
