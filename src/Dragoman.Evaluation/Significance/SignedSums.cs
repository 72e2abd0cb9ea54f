namespace Dragoman.Evaluation.Significance;

/// <summary>Sums of values with random signs, eight values a look-up: a table holds the sum of each of the 256 ways to sign eight values.</summary>
internal sealed class SignedSums
{
    private readonly double[] _tables;

    /// <summary>Prepares the sums of some values: 256 bytes each.</summary>
    /// <param name="values">The values.</param>
    internal SignedSums(double[] values)
    {
        Count = values.Length;
        _tables = new double[(values.Length + 7) / 8 * 256];
        for (var start = 0; start < values.Length; start += 8)
        {
            var table = _tables.AsSpan(start / 8 * 256, 256);
            foreach (var value in values.AsSpan(start, Math.Min(8, values.Length - start))) table[0] -= value;
            for (var bits = 1; bits < 256; bits++)
            {
                var lowest = start + System.Numerics.BitOperations.TrailingZeroCount(bits);
                table[bits] = table[bits & (bits - 1)] + (lowest < values.Length ? 2 * values[lowest] : 0);
            }
        }
    }

    /// <summary>How many values there are.</summary>
    internal int Count { get; }

    /// <summary>How many words of 64 bits their signs take.</summary>
    internal int Words => (Count + 63) / 64;

    /// <summary>The sum with some signs.</summary>
    /// <param name="signs">A bit a value, 1 for plus; as many words as <see cref="Words"/>, bits beyond the last value do nothing.</param>
    internal double Sum(ReadOnlySpan<ulong> signs)
    {
        double sum = 0;
        var table = 0;
        foreach (var word in signs)
            for (var (bits, left) = (word, 8); left > 0 && table < _tables.Length; left--, bits >>= 8, table += 256) sum += _tables[table + (int)(bits & 0xFF)];
        return sum;
    }
}
