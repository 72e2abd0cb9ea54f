using System.Text.Json.Nodes;
using Dragoman.Tensors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

/// <summary>Every loss against plain loops in Python; see the fixture's README.</summary>
public sealed class RankingLossGoldenTests : RequiresTorch
{
    public static TheoryData<string> Sections => LossExamples.Sections;

    [Theory]
    [MemberData(nameof(Sections))]
    public void Forward_ReferenceLists_EqualsPlainLoops(string section)
    {
        using var scope = TensorScope.Begin();
        var expected = LossExamples.Golden["cases"]!.AsArray().Single(entry => entry!["loss"]!.GetValue<string>() == section)!;
        var outcome = LossExamples.Read(section).Forward(Lists());
        var values = outcome.PerList.ToArray<double>();
        var signals = outcome.HasSignal.ToArray<bool>();
        for (var list = 0; list < values.Length; list++)
        {
            var value = expected["per_list"]![list]?.GetValue<double>();
            signals[list].ShouldBe(value is not null, $"list {list}");
            values[list].ShouldBe(value ?? 0, 1e-12 * Math.Max(1, value ?? 0), $"list {list}");
        }
        outcome.Skipped().ShouldBe(signals.Count(signal => !signal));
        outcome.Mean().Item().ShouldBe(expected["mean"]!.GetValue<double>(), 1e-11);
        (outcome.Sum().Item() / outcome.TotalWeight()).ShouldBe(expected["mean"]!.GetValue<double>(), 1e-11);
    }

    [Fact]
    public void Sections_ReferenceCases_CoverEveryName() =>
        LossExamples.Names.Select(section => section.Split(',')[0]["name: ".Length..]).Distinct().ShouldBe(RankingLosses.Names, ignoreOrder: true);

    private static CandidateLists Lists()
    {
        var lists = LossExamples.Golden["lists"]!.AsArray();
        var (b, p) = (lists.Count, lists[0]!["scores"]!.AsArray().Count);
        double[] Row(string key, double absent) => [.. lists.SelectMany(list => list![key]!.AsArray().Select(value => value?.GetValue<double>() ?? absent))];
        // What stands at padding must not matter; a NaN of the teacher says that it did not score the candidate.
        return new CandidateLists(Tensor.From(Row("scores", double.NaN), b, p))
        {
            Mask = Tensor.From(Row("scores", double.NaN).Select(score => !double.IsNaN(score)).ToArray(), b, p),
            Grades = Tensor.From(Row("grades", 5), b, p),
            TeacherScores = Tensor.From(Row("teacher", double.NaN), b, p),
            Weights = Tensor.From(lists.Select(list => list!["weight"]!.GetValue<double>()).ToArray(), b),
        };
    }
}
