using System.Text.Json;
using Dragoman.Models.Encoders.Transformer;

namespace Dragoman.Benchmarks.Encoders;

/// <summary>Pairs of random tokens with given lengths.</summary>
internal static class PairLengths
{
    /// <summary>Reads a JSON array of lengths, in tokens.</summary>
    internal static int[] Read(string path) => JsonSerializer.Deserialize<int[]>(File.ReadAllText(path))!;

    /// <summary>A pair of random tokens; the first third is the first text.</summary>
    internal static TokenSequence Draw(int length, int vocabulary, Random random)
    {
        var (ids, types) = (new int[length], new int[length]);
        for (var place = 0; place < length; place++) (ids[place], types[place]) = (random.Next(5, vocabulary), place < length / 3 ? 0 : 1);
        return new TokenSequence(ids, types);
    }
}
