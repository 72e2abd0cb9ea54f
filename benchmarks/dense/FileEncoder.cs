using System.Globalization;
using System.Runtime.InteropServices;
using Dragoman.Models.Encoders;

namespace Dragoman.Benchmarks.Dense;

/// <summary>Vectors from files: of the text <c>17</c>, row 17 of the passages or of the queries, and of <c>far17</c> of the queries that are far from everything.</summary>
internal sealed class FileEncoder : ITextEncoder
{
    internal const int Width = 384;

    /// <summary>What the names of far queries begin with.</summary>
    internal const string Far = "far";
    private readonly FileStream _passages;
    private readonly float[] _queries, _far;

    internal FileEncoder(string folder)
    {
        _passages = File.OpenRead(Path.Combine(folder, "passages.f32"));
        _queries = Rows("queries.f32");
        _far = Rows("far.f32");

        float[] Rows(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
    }

    public string Identity => "file-v1";

    public int Dimension => Width;

    internal int Passages => (int)(_passages.Length / (Width * sizeof(float)));

    internal int Queries => _queries.Length / Width;

    public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            _passages.Position = Number(texts[text]) * Width * sizeof(float);
            _passages.ReadExactly(MemoryMarshal.AsBytes(vectors.Slice(text * Width, Width)));
        }
    }

    public void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            var isFar = texts[text].StartsWith(Far, StringComparison.Ordinal);
            (isFar ? _far : _queries).AsSpan((int)Number(isFar ? texts[text][Far.Length..] : texts[text]) * Width, Width).CopyTo(vectors[(text * Width)..]);
        }
    }

    public void Dispose() => _passages.Dispose();

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
