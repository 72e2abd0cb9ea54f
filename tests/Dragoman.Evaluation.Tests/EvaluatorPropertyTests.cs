using Dragoman.Collections;
using Dragoman.Evaluation.Measures;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests;

public sealed class EvaluatorPropertyTests
{
    private static readonly IReadOnlyList<Measure> All = MeasureParser.ParseAll(
        "nDCG nDCG@3 RR RR@2 AP AP@4 P@3 R@3 Success@1 Rprec Bpref IPrec@0.0 IPrec@0.5 IPrec@1.0 SetP SetR SetF Judged@3");

    // Few passages and few scores, so that ties, unjudged passages and queries without relevant ones all occur.
    private static readonly Gen<(int Query, int Passage, int Score)> Entry =
        from query in Gen.Choose(0, 3)
        from passage in Gen.Choose(0, 9)
        from score in Gen.Choose(-2, 3)
        select (query, passage, score);

    private static readonly Arbitrary<((int Query, int Passage, int Score)[] Run, (int Query, int Passage, int Score)[] Qrels, int Seed)> Cases = Arb.From(
        from run in Gen.NonEmptyListOf(Entry)
        from qrels in Gen.NonEmptyListOf(Entry)
        from seed in Gen.Choose(0, 1000)
        select (Distinct(run), Distinct(qrels), seed));

    [Fact]
    public void Evaluate_AnyOrderOfLines_GivesTheSame() => Check.One(Fixed, Prop.ForAll(Cases, given =>
    {
        var shuffledRun = (((int, int, int)[])given.Run.Clone());
        var shuffledQrels = (((int, int, int)[])given.Qrels.Clone());
        new Random(given.Seed).Shuffle(shuffledRun);
        new Random(given.Seed + 1).Shuffle(shuffledQrels);

        return Of(given.Run, given.Qrels).SequenceEqual(Of(shuffledRun, shuffledQrels));
    }));

    [Fact]
    public void Evaluate_Anything_IsWithinZeroAndOne() =>
        Check.One(Fixed, Prop.ForAll(Cases, given => Of(given.Run, given.Qrels).All(value => value is >= 0 and <= 1 + 1e-12)));

    [Fact]
    public void Evaluate_RankingByGrade_IsIdeal() => Check.One(Fixed, Prop.ForAll(Cases, given =>
    {
        var ideal = Evaluator.Evaluate(Qrels(given.Qrels), Run(given.Qrels), All);
        return ideal.ByQuery.Select((values, query) => given.Qrels.Any(entry => $"q{entry.Query}" == ideal.QueryIds[query] && entry.Score > 0)
            ? Near(values, "nDCG", 1) && Near(values, "nDCG@3", 1) && Near(values, "RR", 1) && Near(values, "AP", 1) && Near(values, "Bpref", 1) && Near(values, "Rprec", 1)
            : Near(values, "nDCG", 0) && Near(values, "AP", 0)).All(fits => fits);

        static bool Near(IReadOnlyList<double> values, string measure, double expected) =>
            Math.Abs(values[All.ToList().IndexOf(MeasureParser.Parse(measure))] - expected) < 1e-12;
    }));

    private static Config Fixed => Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261122, 7);

    private static (int Query, int Passage, int Score)[] Distinct(IEnumerable<(int Query, int Passage, int Score)> entries) =>
        [.. entries.DistinctBy(entry => (entry.Query, entry.Passage))];

    private static IEnumerable<double> Of((int, int, int)[] run, (int, int, int)[] qrels)
    {
        var result = Evaluator.Evaluate(Qrels(qrels), Run(run), All, new() { Complete = true });
        return [.. result.ByQuery.SelectMany(values => values), .. result.Overall];
    }

    private static Run Run((int Query, int Passage, int Score)[] entries)
    {
        var builder = new RunBuilder("test");
        foreach (var (query, passage, score) in entries) builder.Add($"q{query}", $"p{passage}", score);
        return builder.Build();
    }

    private static Qrels Qrels((int Query, int Passage, int Score)[] entries)
    {
        var builder = new QrelsBuilder();
        foreach (var (query, passage, score) in entries) builder.Add($"q{query}", $"p{passage}", score);
        return builder.Build();
    }
}
