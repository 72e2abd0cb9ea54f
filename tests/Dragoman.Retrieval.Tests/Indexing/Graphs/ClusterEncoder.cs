using System.Globalization;
using Dragoman.Models.Encoders;

namespace Dragoman.Retrieval.Tests.Indexing.Graphs;

/// <summary>Vectors in clusters: of the text <c>7 123</c>, the centre of cluster 7 plus noise from the seed 123, of length 1.</summary>
internal sealed class ClusterEncoder : ITextEncoder
{
    private const double Noise = 0.7;

    public string Identity => "clusters-v1";

    public int Dimension => 40;

    public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            var parts = texts[text].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (centre, noise) = (new Random(int.Parse(parts[0], CultureInfo.InvariantCulture)), new Random(1_000_000 + int.Parse(parts[1], CultureInfo.InvariantCulture)));
            var row = vectors.Slice(text * Dimension, Dimension);
            var norm = 0.0;
            for (var column = 0; column < Dimension; column++)
            {
                row[column] = (float)(Normal(centre) + Noise * Normal(noise));
                norm += row[column] * row[column];
            }
            for (var column = 0; column < Dimension; column++) row[column] /= (float)Math.Sqrt(norm);
        }
    }

    public void Dispose()
    {
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
