using Dragoman.Collections;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests;

public sealed class EvaluatorPropertyTests
{
    private static readonly IReadOnlyList<Measure> All = MeasureParser.ParseAll(
        "nDCG nDCG@3 RR RR@2 AP AP@4 P@3 R@3 Success@1 Rprec Bpref IPrec@0.0 IPrec@0.5 IPrec@1.0 SetP SetR SetF Judged@3 " +
        "nDCG(dcg='exp-log2')@3 nDCG(judged_only=True)@3 nDCG(gains={0:2,1:1,3:9})@3 RR(rel=2) RR(judged_only=True) AP(rel=2)@3 AP(judged_only=True) P(rel=3)@2 R(judged_only=True)@2 Rprec(judged_only=True) " +
        "Bpref(rel=2) infAP infAP(rel=2) RBP RBP(p=0.5,rel=2)@3 ERR@3 ERR Compat Compat(p=0.5,normalize=False) Accuracy Accuracy@3 SetP(relative=True) SetF(beta=2.0) SetAP " +
        "SDCG(max_rel=3)@3 BPM(max_rel=3)@4 INSQ(max_rel=3) INST(T=2.0,max_rel=3) NERR8(max_rel=3)@4 NERR9(max_rel=3)@4 NERR10(max_rel=3) NERR11(max_rel=3) PEER@5 PEER(weights={0:0.5,1:0.25,2:0.25}) LPR LPR@3 " +
        "NumRet NumRet(rel=2) NumRel NumRelRet");

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
    public void Evaluate_Anything_IsWithinItsRange() => Check.One(Fixed, Prop.ForAll(Cases, given => Evaluate(given.Run, given.Qrels).ByQuery.All(values =>
        values.Select((value, i) => double.IsNaN(value) ? All[i].Name.StartsWith("Accuracy", StringComparison.Ordinal) || All[i].Name.StartsWith("LPR", StringComparison.Ordinal)
            : value >= 0 && value <= All[i].Highest + 1e-12).All(fits => fits))));

    [Fact]
    public void Evaluate_HigherGradeMovedUp_NeverScoresLower() => Check.One(Fixed.WithMaxTest(600), Prop.ForAll(Cases, given =>
    {
        var (before, after) = Exchange(given.Run, given.Qrels, given.Seed);
        return before is null || Enumerable.Range(0, All.Count).Where(i => All[i].RewardsOrder && !double.IsNaN(before[i])).All(i => after![i] >= before[i] - 1e-12);
    }));

    [Fact] // those of which it is not said do lose sometimes, so that nobody takes their bounds for exact
    public void Evaluate_MeasuresThatDoNotRewardOrder_LoseSometimes()
    {
        var losing = new HashSet<string>();
        foreach (var given in Cases.Generator.Sample(1500, 20))
        {
            var (before, after) = Exchange(given.Run, given.Qrels, given.Seed);
            for (var i = 0; before is not null && i < All.Count; i++)
                if (after![i] < before[i] - 1e-12) losing.Add(All[i].Name);
        }
        losing.Except(All.Where(measure => !measure.RewardsOrder).Select(measure => measure.Name)).ShouldBeEmpty();
        foreach (var name in new[] { "nDCG(gains={0:2,1:1,3:9})@3", "infAP", "Accuracy@3", "PEER@5" }) losing.ShouldContain(name);
    }

    [Fact]
    public void Evaluate_RankingByGrade_IsIdeal() => Check.One(Fixed, Prop.ForAll(Cases, given =>
    {
        var ideal = Evaluator.Evaluate(Qrels(given.Qrels), Run(given.Qrels), All, null, Languages.Value);
        return ideal.ByQuery.Select((values, query) => given.Qrels.Any(entry => $"q{entry.Query}" == ideal.QueryIds[query] && entry.Score > 0)
            ? Near(values, "nDCG", 1) && Near(values, "nDCG@3", 1) && Near(values, "RR", 1) && Near(values, "AP", 1) && Near(values, "Bpref", 1) && Near(values, "Rprec", 1)
            : Near(values, "nDCG", 0) && Near(values, "AP", 0)).All(fits => fits);

        static bool Near(IReadOnlyList<double> values, string measure, double expected) =>
            Math.Abs(values[All.ToList().IndexOf(MeasureParser.Parse(measure))] - expected) < 1e-12;
    }));

    private static Config Fixed => Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261122, 7);

    private static (int Query, int Passage, int Score)[] Distinct(IEnumerable<(int Query, int Passage, int Score)> entries) =>
        [.. entries.DistinctBy(entry => (entry.Query, entry.Passage))];

    // Ranks without ties, then exchanges two neighbours of the first query so that the higher grade comes to stand above; values before and after, null where there is nothing to exchange.
    private static (IReadOnlyList<double>? Before, IReadOnlyList<double>? After) Exchange((int Query, int Passage, int Score)[] run, (int Query, int Passage, int Score)[] qrels, int seed)
    {
        var query = qrels[0].Query;
        var passages = run.Where(entry => entry.Query == query).Select(entry => entry.Passage).ToArray();
        new Random(seed).Shuffle(passages);
        int Grade(int passage) => Math.Max(0, qrels.Where(entry => entry.Query == query && entry.Passage == passage).Select(entry => entry.Score).SingleOrDefault());
        var pairs = Enumerable.Range(0, Math.Max(0, passages.Length - 1)).Select(upper => (upper, lower: upper + 1)).Where(pair => Grade(passages[pair.lower]) > Grade(passages[pair.upper])).ToArray();
        if (pairs.Length == 0) return (null, null);
        var (up, low) = pairs[seed % pairs.Length];
        var before = Ranked(passages);
        (passages[up], passages[low]) = (passages[low], passages[up]);
        return (before, Ranked(passages));

        IReadOnlyList<double> Ranked(int[] order) => Evaluate([.. order.Select((passage, i) => (query, passage, 100 - i))], qrels).ByQuery[0];
    }

    private static EvaluationResult Evaluate((int Query, int Passage, int Score)[] run, (int Query, int Passage, int Score)[] qrels)
    {
        var only = qrels.Where(entry => run.Any(other => other.Query == entry.Query)).ToArray();
        return Evaluator.Evaluate(Qrels(only.Length > 0 ? only : qrels), Run(run), All, new() { Complete = true }, Languages.Value);
    }

    private static readonly Lazy<LanguageMap> Languages = new(() =>
    {
        var map = new LanguageMap();
        for (var passage = 0; passage < 9; passage++) map.AddPassage($"p{passage}", passage % 3 == 0 ? "zh" : "kk");
        for (var query = 0; query < 3; query++) map.AddQuery($"q{query}", "zh");
        return map;
    });

    private static IEnumerable<double> Of((int, int, int)[] run, (int, int, int)[] qrels)
    {
        var result = Evaluator.Evaluate(Qrels(qrels), Run(run), All, new() { Complete = true }, Languages.Value);
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
