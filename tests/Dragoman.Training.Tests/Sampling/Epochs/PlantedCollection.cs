using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Epochs;

/// <summary>
/// Forty queries of whose answers all is known. Query qN is answered by aN and by bN. Judged relevant is aN alone, and of every fifth query another one's passage in its place; the run has both answers first, then passages that answer nothing.
/// </summary>
internal sealed class PlantedCollection
{
    internal const int Queries = 40, Fillers = 60, Depth = 22;
    private static readonly string[] Kinds = ["a", "b"];
    private readonly Dictionary<string, Query> _queries = Enumerable.Range(0, Queries).Select(at => new Query($"q{Number(at)}", $"query {at}", "en")).ToDictionary(query => query.Id);
    private readonly List<Passage> _passages =
        [.. Kinds.SelectMany(kind => Enumerable.Range(0, Queries).Select(at => new Passage(kind + Number(at), "", $"{kind} {at}", "en"))), .. Enumerable.Range(0, Fillers).Select(at => new Passage("f" + Number(at), "", $"f {at}", "en"))];

    internal PlantedCollection(Func<string, string, int>? grades = null)
    {
        var builder = new QrelsBuilder();
        foreach (var query in _queries.Keys)
        {
            if (grades is null) builder.Add(query, IsMismatched(query) ? "a" + Number((int.Parse(query[1..], CultureInfo.InvariantCulture) + 1) % Queries) : "a" + query[1..], 1);
            else foreach (var passage in _passages.Where(passage => grades(query, passage.Id) > 0)) builder.Add(query, passage.Id, grades(query, passage.Id));
        }
        Qrels = builder.Build();
        var run = new RunBuilder("planted");
        foreach (var query in _queries.Keys) run.Add(query, Ranking(query));
        Run = run.Build();
    }

    internal Qrels Qrels { get; }

    internal Run Run { get; }

    /// <summary>What the model in training gives a pair.</summary>
    internal Func<string, string, double> Score { get; init; } = (query, passage) => IsAnswer(query, passage) ? 3 : Spread(query + passage) - 1;

    /// <summary>What the teacher gives a pair.</summary>
    internal Func<string, string, double> Probability { get; init; } = (query, passage) => IsAnswer(query, passage) ? 0.97 : 0.02;

    /// <summary>Pairs that the teacher was asked for as candidates.</summary>
    internal List<(string Query, string Passage)> Asked { get; } = [];

    /// <summary>Pairs of which it was asked whether the label is right.</summary>
    internal List<(string Query, string Passage)> AskedLabels { get; } = [];

    internal List<string> Told { get; } = [];

    internal List<JsonObject> Noted { get; } = [];

    internal static bool IsAnswer(string query, string passage) => passage[0] is 'a' or 'b' && passage[1..] == query[1..];

    internal static bool IsJudgedAnswer(TrainingGroup group) => IsAnswer(group.Query.Id, group.Positive.Id) && group.Positive.Id[0] == 'a';

    internal static bool IsMismatched(string query) => int.Parse(query[1..], CultureInfo.InvariantCulture) % 5 == 0;

    internal static string Number(int at) => at.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Draws an epoch.</summary>
    internal IReadOnlyList<TrainingGroup> Draw(SamplingSettings settings, string folder, int epoch = 2, int threads = 1, int negatives = 4, bool withRun = true)
    {
        var catalogue = new PassageCatalogue(_passages);
        var sampler = new GroupSampler(_queries, catalogue.Entries, Qrels, Run, new GroupOptions { Seed = 3, Negatives = negatives, RunShare = 0.5 });
        var sampling = new EpochSampling(settings, new EpochSources
        {
            Sampler = sampler, Passages = catalogue, Run = withRun ? Run : null, Negatives = negatives, Model = () => new Scorer(this), Teacher = new Teacher(this), Data = "planted", Threads = threads, Time = TimeProvider.System,
            Tell = Told.Add, Note = (_, fields) => Noted.Add(fields),
        });
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, $"epoch-{epoch}");
        var groups = sampling.Draw(epoch, sampler.Draw(epoch), null, stem, TestContext.Current.CancellationToken);
        sampling.Check(stem);
        GroupFile.Write(stem + ".tsv", groups);
        return groups;
    }

    internal static IReadOnlyList<LedgerEntry> Ledger(string folder, int epoch = 2) => [.. SamplingLedger.Read(Path.Combine(folder, $"epoch-{epoch}{EpochSampling.LedgerSuffix}"))];

    internal static SamplingSettings Settings() => new() { Seed = 9, Proposal = new ProposalOptions(), Depth = Depth };

    private static IEnumerable<RankedPassage> Ranking(string query) =>
        Kinds.Select((kind, rank) => new RankedPassage(kind + query[1..], 20 - rank)).Concat(Enumerable.Range(0, Depth - 2).Select(rank => new RankedPassage("f" + Number((rank * 7 + query[2]) % Fillers), 17.5 - rank / 2.0)));

    internal static double Spread(string pair) => new Random(pair.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter))).NextDouble();

    private sealed class Scorer(PlantedCollection planted) : IPairScorer
    {
        public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
        {
            pairs.ShouldAllBe(pair => pair.Passage.Text.Length > 0);
            return [.. pairs.Select(pair => (float)planted.Score(pair.Query.Id, pair.Passage.Id))];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Teacher(PlantedCollection planted) : IRelevanceTeacher
    {
        public long Scored => planted.Asked.Count;

        public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
        {
            planted.Asked.AddRange(pairs.Select(pair => (pair.Query.Id, pair.Passage.Id)));
            return [.. pairs.Select(pair => planted.Probability(pair.Query.Id, pair.Passage.Id))];
        }

        public double[] LabelProbabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
        {
            planted.AskedLabels.AddRange(pairs.Select(pair => (pair.Query.Id, pair.Passage.Id)));
            return [.. pairs.Select(pair => planted.Probability(pair.Query.Id, pair.Passage.Id))];
        }

        public void Dispose()
        {
        }
    }
}
