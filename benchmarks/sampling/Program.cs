using System.Diagnostics;
using System.Globalization;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

// Proposals judged a second, one thread, for queries with graded candidates whose scores follow the grades loosely. Everything for a query counts: proposal, target, ratios, bound, draws and account.
var (folder, queries, candidates, proposals) = (args[0], Whole(args[1]), Whole(args[2]), Whole(args[3]));
var lists = Enumerable.Range(0, Math.Min(queries, 1000)).Select(List).ToArray();                 // a thousand different queries, again and again
(string Name, SamplingOptions Options)[] runs =
[
    ("rejection, exact bound", new() { Scheme = SamplingScheme.Rejection }),
    ("rejection, running bound", new() { Scheme = SamplingScheme.Rejection, Bound = new() { Kind = BoundKind.Running } }),
    ("quasi-rejection, quantile", new() { Scheme = SamplingScheme.QuasiRejection, Bound = new() { Kind = BoundKind.Quantile } }),
    ("importance weights", new() { Scheme = SamplingScheme.Importance }),
    ("rso, rewards asked lazily", new() { Scheme = SamplingScheme.Rso }),
    ("gumbel-top-k, 8 of the candidates", new() { Scheme = SamplingScheme.GumbelTopK }),
];
Console.Out.WriteLine($"{queries} queries, {candidates} candidates, {proposals} proposals a query\n");
Console.Out.WriteLine("| scheme | proposals a processor second, million | µs a query | allocated a query, KiB |\n|---|---|---|---|");
foreach (var (name, options) in runs)
{
    var sampler = new QuerySampler(options with { Stop = options.Scheme == SamplingScheme.GumbelTopK ? new() { Wanted = 8 } : new() { Wanted = proposals, Count = StopCount.Proposals } });
    for (var at = 0; at < 2000; at++) sampler.Draw(lists[at % lists.Length], 1);                 // compiled by now
    Row(name, () =>
    {
        var judged = 0L;
        for (var at = 0; at < queries; at++) judged += sampler.Draw(lists[at % lists.Length], at).Account.Proposed;
        return judged;
    });
}
var written = new QuerySampler(new() { Stop = new() { Wanted = proposals, Count = StopCount.Proposals } });
var path = Path.Combine(folder, "ledger.jsonl.gz");
Row("rejection, through the ledger (.gz)", () =>
{
    SamplingLedger.Write(path, new LedgerHeader("benchmark", 1), Enumerable.Range(0, queries).Select(at => written.Draw(lists[at % lists.Length], at)));
    return (long)queries * proposals;
});
Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe ledger takes {new FileInfo(path).Length / ((double)queries * proposals):F2} bytes a proposal. Peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:F0} MiB."));

void Row(string name, Func<long> work)
{
    var (before, processor) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime);
    var judged = work();
    var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {judged / used.TotalSeconds / 1e6:F2} | {used.TotalMicroseconds / queries:F1} | {(GC.GetTotalAllocatedBytes() - before) / 1024.0 / queries:F1} |"));
}

CandidateList List(int query)
{
    var random = new Random(query);
    var grades = Enumerable.Range(0, candidates).Select(_ => random.Next(10) > 0 ? 0 : random.Next(1, 7)).ToArray();
    return new CandidateList($"q{query}", [.. Enumerable.Range(0, candidates).Select(number => $"passage-{query}-{number}")], [.. grades.Select(grade => grade * 0.5 + 2 * random.NextDouble())], grades);
}

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
