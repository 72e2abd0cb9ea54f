using Dragoman.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>
/// Makes the groups of an epoch in proportion to what is wanted: positives, then negatives, then the examples that are kept or weighed. What is drawn follows from seed, epoch, query and scores alone. Beside the groups' file
/// <c>epoch-N.ledger.jsonl.gz</c> holds every proposal, and <c>epoch-N.sampling.json</c> what it came to.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="sources">What is sampled from.</param>
internal sealed class EpochSampling(SamplingSettings settings, EpochSources sources)
{
    /// <summary>What ledgers' names end in.</summary>
    internal const string LedgerSuffix = ".ledger.jsonl.gz";
    private const string AccountSuffix = ".sampling.json";

    /// <summary>Whether an epoch is drawn.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    internal bool IsOn(int epoch) => settings.IsOn(epoch);

    /// <summary>Whether the collection has to be searched for the candidates of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    internal bool Searches(int epoch) => IsOn(epoch) && settings.NeedsCandidates && sources.Run is null;

    /// <summary>Groups of an epoch, at most, when there are so many without sampling.</summary>
    /// <param name="settings">The settings; null for no sampling.</param>
    /// <param name="groups">Groups without it.</param>
    internal static int MostGroups(SamplingSettings? settings, int groups) => groups * (settings?.Positives?.Count ?? 1) * (1 + (settings?.Negatives?.Positives ?? 0));

    /// <summary>Draws an epoch, and writes down how.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="groups">The groups as without sampling.</param>
    /// <param name="found">What a search found for each group; null where there is a run, or nothing looks at candidates.</param>
    /// <param name="stem">The groups' file without its ending.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal IReadOnlyList<TrainingGroup> Draw(int epoch, IReadOnlyList<TrainingGroup> groups, IReadOnlyList<SearchedGroup>? found, string stem, CancellationToken cancellationToken)
    {
        using var scorer = new EpochScorer(sources.Model, sources.Passages, sources.Time);
        EpochTeacher Asked(Func<IReadOnlyList<(Query Query, Passage Passage)>, CancellationToken, double[]> answer) => new(answer, sources.Passages, sources.Sampler.Groups, sources.Time);
        var (teacher, labels) = sources.Teacher is { } known ? (Asked(known.Probabilities), Asked(known.LabelProbabilities)) : ((EpochTeacher?)null, (EpochTeacher?)null);
        var work = new EpochWork(settings, sources, epoch, [], scorer, teacher, labels, cancellationToken);
        (TimeSpan Elapsed, long Asked) Taught() => teacher is null || labels is null ? default : (teacher.Elapsed + labels.Elapsed, teacher.Asked + labels.Asked);
        if (settings.NeedsCandidates) work = work with { Candidates = new CandidateScores(settings, sources).Of(sources.Run is null ? found : null, scorer, cancellationToken) };
        var (made, accounts) = (EpochWork.Placed(groups.Select((group, source) => (source, group))), new List<PartAccount>());
        var candidates = scorer.Elapsed;                                                       // what the first part that looks at them pays
        void Run(string name, Func<PartResult> draw)
        {
            var (start, scored, taught) = (sources.Time.GetTimestamp(), scorer.Elapsed, Taught());
            var result = draw();
            accounts.Add(new PartAccount { Part = name, Result = result, Scoring = scorer.Elapsed - scored + candidates, Teacher = Taught().Elapsed - taught.Elapsed, Asked = Taught().Asked - taught.Asked, Elapsed = sources.Time.GetElapsedTime(start) + candidates });
            (made, candidates) = ([.. result.Groups], TimeSpan.Zero);
        }
        var agreement = settings.Examples?.Scheme == SamplingScheme.Agreement ? settings.Examples : null;
        if (settings.Positives is { } positives) Run(PositivesPart.Name, () => new PositivesPart(positives, agreement).Draw(work, made));
        if (settings.Negatives is { } negatives) Run(NegativesPart.Name, () => new NegativesPart(negatives).Draw(work, made));
        // Where a target is multiplied by agreement, a pair that was drawn is not doubted once more.
        if (settings.Examples is { } examples && (agreement is null || settings.Positives is null or { IsByReward: true })) Run(ExamplesPart.Name, () => new ExamplesPart(examples).Draw(work, made));
        Write(epoch, stem, accounts, scorer.Elapsed, Taught().Elapsed);
        return [.. made.Select(group => group.Group)];
    }

    /// <summary>Makes sure that an epoch that was drawn before was drawn from the same data.</summary>
    /// <param name="stem">The groups' file without its ending.</param>
    /// <exception cref="DragomanException">Its ledger is missing, damaged, or of another data set.</exception>
    internal void Check(string stem)
    {
        if (!File.Exists(stem + LedgerSuffix)) throw new DragomanException($"{stem}{LedgerSuffix}: this epoch's ledger is missing, though its groups are there; train without --resume to draw anew.");
        if (SamplingLedger.Header(stem + LedgerSuffix) is var header && header.Data != sources.Data)
            throw new DragomanException($"{stem}{LedgerSuffix} is the ledger of another data set ({header.Data}; this one is {sources.Data}); train without --resume to draw anew.");
    }

    /// <summary>What the parts of every epoch that was drawn came to, in the order of epochs.</summary>
    /// <param name="folder">The folder of the groups' files.</param>
    internal static JsonArray Accounts(string folder) => new(
    [
        .. Directory.EnumerateFiles(folder, "epoch-*" + AccountSuffix).OrderBy(path => int.Parse(Path.GetFileName(path)["epoch-".Length..^AccountSuffix.Length], CultureInfo.InvariantCulture))
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(entry => entry!.DeepClone())),
    ]);

    private void Write(int epoch, string stem, List<PartAccount> accounts, TimeSpan scoring, TimeSpan teacher)
    {
        SamplingLedger.Write(stem + LedgerSuffix, new LedgerHeader(sources.Data, settings.Seed), accounts.SelectMany(account => account.Result.Draws), (scoring, teacher));
        var entries = accounts.ConvertAll(account => account.ToJson(epoch));
        AtomicFile.WriteText(stem + AccountSuffix, writer => writer.WriteLine(JsonSerializer.Serialize(entries)));
        for (var part = 0; part < accounts.Count; part++)
        {
            sources.Tell(accounts[part].ToText(epoch));
            if (accounts[part].Result.Draws.Sum(draws => draws.Account.AboveBound) is var above and > 0 && settings.Positives?.Scheme == SamplingScheme.Rejection)
                sources.Tell(FormattableString.Invariant($"warning: sampling of epoch {epoch}, {accounts[part].Part}: {above:N0} proposals were above the bound; they are accepted always, and what is accepted differs from the target. Raise sampling.positives.bound, or use exact."));
            sources.Note("sampling", entries[part]);
        }
    }
}
