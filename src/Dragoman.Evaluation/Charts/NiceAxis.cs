using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>An axis whose ends and ticks are round numbers: multiples of 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).</summary>
public sealed record NiceAxis
{
    private const double Largest = 1e300;

    private NiceAxis(double step, double first, int count)
    {
        Step = step;
        Ticks = [.. Enumerable.Range(0, count).Select(i => Clean((first + i) * step))];
    }

    /// <summary>The distance between two ticks, above 0.</summary>
    public double Step { get; }

    /// <summary>The ticks, ascending, at least two; the first and the last are the ends of the axis.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The lower end.</summary>
    public double Low => Ticks[0];

    /// <summary>The upper end, above <see cref="Low"/>.</summary>
    public double High => Ticks[^1];

    /// <summary>The shortest axis of its kind that holds all values; from 0 to 1 without any.</summary>
    /// <param name="values">The values; those that are not finite are passed over.</param>
    /// <param name="ticks">About how many ticks to make, 2 or more; up to twice as many come out.</param>
    public static NiceAxis Of(IEnumerable<double> values, int ticks = 6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 2);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        (low, high) = Widen(Math.Clamp(low, -Largest, Largest), Math.Clamp(high, -Largest, Largest));

        var step = RoundStep((high - low) / (ticks - 1));
        var first = Math.Floor(low / step + 1e-9);
        var last = Math.Ceiling(high / step - 1e-9);
        return new NiceAxis(step, first, (int)(last - first) + 1);
    }

    /// <summary>The share of the axis below a value, within [0, 1]; a value beyond an end is at the end.</summary>
    /// <param name="value">The value, finite.</param>
    public double ShareOf(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>Text of a tick, with as many decimals as the step needs.</summary>
    /// <param name="tick">One of <see cref="Ticks"/>.</param>
    public string Label(double tick)
    {
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        var stepDigits = (int)Math.Floor(Math.Log10(Step) + 1e-9);
        if (largest < 1e7 && stepDigits >= -5) return tick.ToString($"N{Math.Max(0, -stepDigits)}", CultureInfo.InvariantCulture);
        if (tick == 0) return "0";
        var significant = Math.Max(0, (int)Math.Floor(Math.Log10(Math.Abs(tick)) + 1e-9) - stepDigits);
        return tick.ToString(significant == 0 ? "0e0" : $"0.{new string('#', significant)}e0", CultureInfo.InvariantCulture);
    }

    // A range that is empty, or too small to be told from its own rounding, is widened to half of the value on both sides.
    private static (double Low, double High) Widen(double low, double high)
    {
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (size < 1e-300) return (0, 1);
        return high - low > size * 1e-9 ? (low, high) : (low - size / 2, high + size / 2);
    }

    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var mantissa = rough / power;
        return power * (mantissa <= 1 + 1e-9 ? 1 : mantissa <= 2 + 1e-9 ? 2 : mantissa <= 5 + 1e-9 ? 5 : 10);
    }

    // 3 x 0.1 is 0.30000000000000004: the nearest number of 15 digits is meant.
    private static double Clean(double value) => double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
