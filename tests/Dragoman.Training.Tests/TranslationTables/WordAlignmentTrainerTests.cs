using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Tests.TranslationTables;

public class WordAlignmentTrainerTests
{
    private static readonly WordAlignmentOptions MaximumLikelihood = new() { Concentration = 0 };

    [Theory]
    [InlineData(AlignmentDirection.SourceToTarget)]
    [InlineData(AlignmentDirection.TargetToSource)]
    internal void Train_MaximumLikelihood_LikelihoodNeverFallsWithinAModel(AlignmentDirection direction)
    {
        var model = Train(PlantedBitext.Make(400, 60, 0.4, seed: 3), direction, MaximumLikelihood with { Model1Iterations = 8, DiagonalIterations = 12 });

        foreach (var phase in new[] { model.LogLikelihoods[..8], model.LogLikelihoods[8..] })
            for (var i = 1; i < phase.Count; i++) phase[i].ShouldBeGreaterThan(phase[i - 1] - 1e-6, $"iteration {i}");
        model.LogLikelihoods[^1].ShouldBeGreaterThan(model.LogLikelihoods[7], "the diagonal helps where order is kept");
    }

    [Fact]
    public void Train_Model1_EqualsTheEquations()
    {
        var bitext = PlantedBitext.Make(40, 12, 0.5, seed: 5);

        var model = Train(bitext, AlignmentDirection.SourceToTarget, MaximumLikelihood with { Model1Iterations = 4, DiagonalIterations = 0 });

        var expected = PlainModel1(bitext, iterations: 4);
        for (var entry = 0; entry < bitext.EntryCount; entry++)
            model.Translation[entry].ShouldBe(expected[(bitext.SourceOfEntry[entry], bitext.TargetOfEntry[entry])], 1e-8);
        for (var target = 0; target < bitext.TargetTerms.Count; target++) model.NullTranslation[target].ShouldBe(expected[(-1, target)], 1e-8);
    }

    [Fact]
    public void Train_AnyThreads_SameToTheLastBit()
    {
        var bitext = PlantedBitext.Make(6000, 200, 0.3, seed: 7);

        var one = Train(bitext, AlignmentDirection.SourceToTarget, new WordAlignmentOptions(), threads: 1);
        var four = Train(bitext, AlignmentDirection.SourceToTarget, new WordAlignmentOptions(), threads: 4);

        four.Translation.ShouldBe(one.Translation);
        four.Tension.ShouldBe(one.Tension);
        four.LogLikelihoods.ShouldBe(one.LogLikelihoods);
    }

    [Fact]
    public void Train_TextsInOrder_PrefersTheDiagonalMoreThanTextsInDisorder()
    {
        var (ordered, shuffled) = (new Bitext(), new Bitext());
        var random = new Random(11);
        for (var pair = 0; pair < 500; pair++)
        {
            var numbers = Enumerable.Range(0, 8).Select(_ => random.Next(80)).ToArray();
            string[] source = [.. numbers.Select(number => $"s{number}")], target = [.. numbers.Select(number => $"t{number}")];
            ordered.Add(source, target);
            random.Shuffle(target);
            shuffled.Add(source, target);
        }

        var tensionOfOrdered = Train(ordered, AlignmentDirection.SourceToTarget, MaximumLikelihood).Tension!.Value;
        var tensionOfShuffled = Train(shuffled, AlignmentDirection.SourceToTarget, MaximumLikelihood).Tension!.Value;

        tensionOfOrdered.ShouldBeGreaterThan(10);
        tensionOfShuffled.ShouldBeLessThan(1);
    }

    [Fact]
    public void Derivative_AnyTension_EqualsCentralDifferences()
    {
        PositionWeights[] weights = [new(3, 4, [0.9, 2.5, 0, 1]), new(1, 2, [1, 1]), new(7, 5, [0.2, 3, 1, 0.5, 2])];
        foreach (var tension in new[] { 0.1, 1, 4, 13.9 })
        {
            var difference = (DiagonalPrior.Objective(tension + 1e-5, -2.5, weights) - DiagonalPrior.Objective(tension - 1e-5, -2.5, weights)) / 2e-5;
            DiagonalPrior.Derivative(tension, -2.5, weights).ShouldBe(difference, 1e-7);
        }
    }

    [Fact]
    public void BestTension_InsideTheRange_DerivativeIsZeroThere()
    {
        PositionWeights[] weights = [new(6, 6, [1, 1, 1, 1, 1, 1])];

        var best = DiagonalPrior.BestTension(-0.6, weights);

        best.ShouldBeInRange(0.2, 13.9);
        DiagonalPrior.Derivative(best, -0.6, weights).ShouldBe(0, 1e-9);
    }

    internal static WordAlignmentModel Train(Bitext bitext, AlignmentDirection direction, WordAlignmentOptions options, int threads = 2) =>
        new WordAlignmentTrainer(bitext, direction, options, threads, TestContext.Current.CancellationToken).Train((_, _) => { });

    /// <summary>IBM Model 1 written straight from its equations; -1 is NULL.</summary>
    private static Dictionary<(int Source, int Target), double> PlainModel1(Bitext bitext, int iterations)
    {
        var pairs = Enumerable.Range(0, bitext.Count).Select(pair => (Source: (int[])[-1, .. bitext.Source(pair)], Target: bitext.Target(pair).ToArray())).ToList();
        var t = pairs.SelectMany(pair => pair.Source.SelectMany(e => pair.Target.Select(f => (e, f)))).Distinct().ToDictionary(key => key, _ => 0.0);
        foreach (var group in t.Keys.GroupBy(key => key.Item1).ToList())
            foreach (var key in group) t[key] = 1.0 / group.Count();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var counts = t.Keys.ToDictionary(key => key, _ => 0.0);
            foreach (var (source, target) in pairs)
            {
                foreach (var f in target)
                {
                    var sum = source.Sum(e => t[(e, f)]);
                    foreach (var e in source) counts[(e, f)] += t[(e, f)] / sum;
                }
            }
            var totals = counts.GroupBy(count => count.Key.Item1).ToDictionary(group => group.Key, group => group.Sum(count => count.Value));
            foreach (var key in t.Keys.ToList()) t[key] = counts[key] / totals[key.Item1];
        }
        return t;
    }
}
