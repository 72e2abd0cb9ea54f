using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Training.Tests.Sampling.Rejection.Ledger;

public sealed class SamplingLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ledger_EverySchemeWrittenAndRead_IsTheSame()
    {
        var draws = SamplingScheme.All.SelectMany(scheme => Draws(scheme)).Concat(Draws(SamplingScheme.Rejection, BoundKind.Running)).ToList();
        var totals = SamplingLedger.Write(_folder["all.jsonl.gz"], new LedgerHeader("data", 42), draws);

        totals.Queries.ShouldBe(draws.Count);
        SamplingLedger.Header(_folder["all.jsonl.gz"]).ShouldBe(new LedgerHeader("data", 42));
        LedgerTotals? end = null;
        var read = SamplingLedger.Read(_folder["all.jsonl.gz"], "data", told => end = told).ToList();
        end!.Queries.ShouldBe(draws.Count);
        read.Count.ShouldBe(draws.Count);
        var (none, nothing) = (new List<Draw>(), new List<LedgerPassage>());
        foreach (var (entry, drawn) in read.Zip(draws))
        {
            var expected = LedgerEntry.Of(drawn);
            entry.Draws.ShouldBe(expected.Draws);
            entry.Passages.ShouldBe(expected.Passages);
            (entry with { Draws = none, Passages = nothing }).ShouldBe(expected with { Draws = none, Passages = nothing });
            entry.Draws.Select(draw => entry.Passages[draw.Candidate].PassageId).ShouldBe(drawn.Draws.Select(draw => drawn.Candidates.PassageIds[draw.Candidate]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_ManyQueries_OnlyTheListsInFlightAreHeld(int threads)
    {
        const int Queries = 4000, Look = 500, MostHeld = 2 * 256;                              // a block that is written, and the next one
        var (made, most) = (new List<WeakReference>(Queries), 0);
        CandidateList List(int query)
        {
            if (query % Look == 0)
            {
                GC.Collect();
                most = Math.Max(most, made.Count(list => list.IsAlive));
            }
            var list = DrawnQuery.List($"q{query}");
            made.Add(new WeakReference(list));
            return list;
        }
        var draws = new QuerySampler(new SamplingOptions()).Draw(Enumerable.Range(0, Queries).Select(List), 1, threads, TestContext.Current.CancellationToken);
        SamplingLedger.Write(_folder["many.jsonl.gz"], new LedgerHeader("data", 42), draws).Queries.ShouldBe(Queries);
        most.ShouldBeInRange(1, MostHeld);
    }

    [Fact]
    public void Ledger_SameSeed_IsTheSameButForTheTimes()
    {
        SamplingLedger.Write(_folder["one.jsonl"], new LedgerHeader("data", 42), Draws(SamplingScheme.Rejection));
        SamplingLedger.Write(_folder["two.jsonl"], new LedgerHeader("data", 42), Draws(SamplingScheme.Rejection));
        File.ReadAllLines(_folder["one.jsonl"])[..^1].ShouldBe(File.ReadAllLines(_folder["two.jsonl"])[..^1]);
    }

    [Fact]
    public void Ledger_OfAnotherDataSet_IsRefused()
    {
        SamplingLedger.Write(_folder["one.jsonl"], new LedgerHeader("data", 42), Draws(SamplingScheme.Rejection));
        Should.Throw<DragomanException>(() => SamplingLedger.Read(_folder["one.jsonl"], "other").ToList()).Message
            .ShouldBe($"{_folder["one.jsonl"]} is the ledger of another data set (data; this one is other); name the judgements and the run that it was drawn with, or draw anew.");
        var (first, second) = (new QrelsBuilder(), new QrelsBuilder());
        first.Add("q1", "p1", 1);
        second.Add("q1", "p1", 2);
        SamplingLedger.DataOf(first.Build(), "run").ShouldNotBe(SamplingLedger.DataOf(second.Build(), "run"));
        SamplingLedger.DataOf(first.Build(), "run").ShouldNotBe(SamplingLedger.DataOf(first.Build(), "other"));
    }

    [Fact]
    public void Ledger_CutOffDamagedOrNone_IsTold()
    {
        SamplingLedger.Write(_folder["one.jsonl"], new LedgerHeader("data", 42), Draws(SamplingScheme.Rejection));
        var lines = File.ReadAllLines(_folder["one.jsonl"]);
        Problem(lines[..^1]).ShouldBe("the ledger ends after 3 queries without its last line; the copy was cut off.");
        Problem([.. lines[..1], .. lines[2..]]).ShouldContain("it should hold 3 queries and holds 2");
        Problem([.. lines, lines[1]]).ShouldContain("there is more after the end");
        Problem([lines[0], lines[1].Replace("\"decisions\":\"", "\"decisions\":\"q", StringComparison.Ordinal), .. lines[2..]]).ShouldContain("line 2: the ledger is damaged here (there is not one decision for each proposal)");
        Problem([lines[0], lines[1][..40], .. lines[2..]]).ShouldContain("line 2: the ledger is damaged here");
        Problem(["{\"query\": 1}"]).ShouldContain("this is not a sampling ledger");
        Problem([]).ShouldContain("this is not a sampling ledger");
    }

    [Fact]
    public void Ledger_QueryThatCannotBeDrawnFor_LeavesNoFile()
    {
        var sampler = new QuerySampler(new SamplingOptions { Smoothing = 0 });
        Should.Throw<DragomanException>(() => SamplingLedger.Write(_folder["one.jsonl"], new LedgerHeader("data", 1), sampler.Draw([DrawnQuery.List(), DrawnQuery.Of([1, 2], [0, 0], "q2")], 1, 2, TestContext.Current.CancellationToken)))
            .Message.ShouldStartWith("Query q2 has no candidate with a grade above 0");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Summary_Counts_AreThoseOfTheDraws()
    {
        var draws = new QuerySampler(new SamplingOptions { Stop = DrawnQuery.Proposals(400) }).Draw(Enumerable.Range(0, 50).Select(number => DrawnQuery.List($"q{number}")), 1, 1, TestContext.Current.CancellationToken).ToList();
        var summary = LedgerSummary.Of([.. draws.Select(LedgerEntry.Of)]);

        summary.Proposed.ShouldBe(20_000);
        summary.Accepted.ShouldBe(draws.Sum(drawn => drawn.Account.Accepted));
        summary.Rate.ShouldBe(summary.ExpectedRate, 0.02);
        summary.RateDeviation.ShouldBeInRange(-4, 4);
        (1 / summary.MedianBound).ShouldBe(summary.ExpectedRate, 1e-9);
        summary.EffectiveShare.ShouldBeGreaterThan(summary.Rate);
        summary.Grades.Values.Sum(count => count.Proposed).ShouldBe(20_000);
        summary.Grades[6].Accepted.ShouldBe(draws.Sum(drawn => drawn.Taken.Count(draw => drawn.Candidates.Grades[draw.Candidate] == 6)));
        summary.GradeEntropy.ShouldBeInRange(0.1, Math.Log2(7));
        LedgerSummary.Of([.. Draws(SamplingScheme.Importance).Select(LedgerEntry.Of)]).RateDeviation.ShouldBe(double.NaN);
    }

    private string Problem(string[] lines)
    {
        File.WriteAllLines(_folder["bad.jsonl"], lines);
        return Should.Throw<DataFormatException>(() => SamplingLedger.Read(_folder["bad.jsonl"]).ToList()).Message.Replace(_folder["bad.jsonl"] + ": ", "", StringComparison.Ordinal).Replace(_folder["bad.jsonl"] + ", ", "", StringComparison.Ordinal);
    }

    private static List<QueryDraws> Draws(string scheme, BoundKind kind = BoundKind.Exact)
    {
        var options = new SamplingOptions { Scheme = scheme, Bound = new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Quantile : kind } };
        return [.. new QuerySampler(options).Draw([DrawnQuery.List(), DrawnQuery.List("q2"), DrawnQuery.Of([1, 2], [0, 1], "q3")], 2, 1, TestContext.Current.CancellationToken)];
    }
}
