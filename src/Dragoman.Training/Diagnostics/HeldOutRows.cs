using Dragoman.Models.Encoders;

namespace Dragoman.Training.Diagnostics;

/// <summary>Rows of parallel text kept away from training, as texts.</summary>
/// <param name="rows">The rows: language to text.</param>
public sealed class HeldOutRows(IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
{
    /// <summary>Number of rows.</summary>
    public int Count => rows.Count;

    /// <summary>The texts of two languages, of the rows that have both.</summary>
    /// <param name="from">Language of the left texts.</param>
    /// <param name="to">Language of the right texts.</param>
    public (IReadOnlyList<string> Left, IReadOnlyList<string> Right) Texts(string from, string to)
    {
        var both = rows.Where(row => row.ContainsKey(from) && row.ContainsKey(to)).ToList();
        return ([.. both.Select(row => row[from])], [.. both.Select(row => row[to])]);
    }

    /// <summary>Encodes the texts of two languages.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="from">Language of the left texts.</param>
    /// <param name="to">Language of the right texts.</param>
    /// <returns>Two sides of N vectors, row-major; row n of one belongs to row n of the other.</returns>
    public (float[] Left, float[] Right) Encode(ITextEncoder encoder, string from, string to)
    {
        var (left, right) = Texts(from, to);
        return (Vectors(encoder, left), Vectors(encoder, right));
    }

    private static float[] Vectors(ITextEncoder encoder, IReadOnlyList<string> texts)
    {
        var vectors = new float[texts.Count * encoder.Dimension];
        encoder.Encode(texts, vectors);
        return vectors;
    }
}
