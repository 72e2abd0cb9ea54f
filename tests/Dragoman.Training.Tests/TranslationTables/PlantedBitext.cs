using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Tests.TranslationTables;

/// <summary>Parallel text made from a known dictionary: source term <c>sN</c> becomes <c>tN</c>, with neighbours swapped now and then and noise on both sides.</summary>
internal static class PlantedBitext
{
    internal static Bitext Make(int pairs, int terms, double noise, int seed)
    {
        var random = new Random(seed);
        var bitext = new Bitext();
        for (var pair = 0; pair < pairs; pair++)
        {
            var numbers = Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.Next(terms)).ToArray();
            var source = numbers.Select(number => $"s{number}").ToList();
            var target = numbers.Select(number => $"t{number}").ToList();
            for (var i = 0; i + 1 < target.Count; i++)
                if (random.NextDouble() < 0.2) (target[i], target[i + 1]) = (target[i + 1], target[i]);
            if (random.NextDouble() < noise) target.Insert(random.Next(target.Count), "noise");
            if (random.NextDouble() < noise) source.Insert(random.Next(source.Count), "filler");
            bitext.Add([.. source], [.. target]);
        }
        return bitext;
    }

    /// <summary>Adds a pair of texts given as terms.</summary>
    internal static void Add(this Bitext bitext, string[] source, string[] target) =>
        bitext.Add([.. source.Select(bitext.SourceTerms.Add)], (ReadOnlySpan<int>)[.. target.Select(bitext.TargetTerms.Add)]);
}
