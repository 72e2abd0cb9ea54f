using System.Runtime.InteropServices;

namespace Dragoman.Benchmarks.Dense;

/// <summary>Synthetic vectors: centres of very different sizes of clusters, Gaussian noise around them in few directions more than in the others, length 1.</summary>
internal static class Vectors
{
    private const int Clusters = 2000, Seed = 20240519;

    internal static void Write(string folder, int passages, int queries)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(Seed);
        var centres = new float[Clusters * FileEncoder.Width];
        for (var at = 0; at < centres.Length; at++) centres[at] = Normal(random);
        Write(Path.Combine(folder, "passages.f32"), passages, centres, random);
        Write(Path.Combine(folder, "queries.f32"), queries, centres, random);
        // Queries of clusters that hold no passage.
        for (var at = 0; at < centres.Length; at++) centres[at] = Normal(random);
        Write(Path.Combine(folder, "far.f32"), queries, centres, random);
    }

    private static void Write(string path, int count, float[] centres, Random random)
    {
        using var file = File.Create(path, 1 << 20);
        var row = new float[FileEncoder.Width];
        for (var number = 0; number < count; number++)
        {
            var cluster = (int)(Clusters * Math.Pow(random.NextDouble(), 2));
            var norm = 0f;
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = centres[cluster * row.Length + column] + 1.2f * Normal(random) * (column < 64 ? 1.5f : 0.6f);
                norm += row[column] * row[column];
            }
            norm = MathF.Sqrt(norm);
            for (var column = 0; column < row.Length; column++) row[column] /= norm;
            file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
