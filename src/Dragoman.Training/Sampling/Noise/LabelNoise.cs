using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Significance;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Noise;

/// <summary>Damages judgements on purpose: positives that answer another query, positives that nobody found, grades that are off by one.</summary>
/// <remarks>
/// Every decision follows from the seed, the query and the passage alone, so that shares can be compared: the queries that are mismatched at .1 are among those at .2, with the same wrong passages, and so for the other kinds.
/// </remarks>
public sealed class LabelNoise
{
    private readonly NoiseOptions _options;
    private readonly IReadOnlyDictionary<string, string> _languages;
    private readonly Dictionary<string, string[]> _answers;
    private readonly List<JudgementChange> _changes = [];
    private readonly int _greatest;
    private int _accompanied;

    private LabelNoise(Qrels judgements, IReadOnlyDictionary<string, string> languages, NoiseOptions options)
    {
        (_options, _languages) = (options, languages);
        var positives = judgements.QueryIds.SelectMany(judgements.Judgements).Where(IsPositive).ToList();
        if (positives.Count == 0) throw new DragomanException($"None of the {judgements.QueryIds.Count} judged queries has a relevant passage in the collection; do judgements and passages belong together?");
        _greatest = positives.Max(judgement => judgement.Grade);
        if (options.Jitter > 0 && _greatest == 1) throw new DragomanException("All positive grades are 1, so that none can move by one and stay positive; leave jitter out for these judgements.");
        _answers = positives.Select(judgement => judgement.PassageId).Distinct(StringComparer.Ordinal).GroupBy(id => languages[id], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Damages judgements.</summary>
    /// <param name="judgements">The judgements; those of passages that the collection lacks stay as they are.</param>
    /// <param name="languages">Language of every passage of the collection, by id.</param>
    /// <param name="options">How much of what.</param>
    /// <exception cref="DragomanException">There is no positive, no passage of a language answers another query, or there is no grade to move to.</exception>
    public static InjectedNoise Inject(Qrels judgements, IReadOnlyDictionary<string, string> languages, NoiseOptions options)
    {
        var noise = new LabelNoise(judgements, languages, options);
        var asked = judgements.QueryIds.Where(query => judgements.Judgements(query).Any(noise.IsPositive)).ToList();
        var mismatched = asked.OrderBy(query => noise.Draw("mismatched", query, 0)).ThenBy(query => query, StringComparer.Ordinal)
            .Take((int)Math.Round(options.Mismatched * asked.Count, MidpointRounding.AwayFromZero)).ToHashSet(StringComparer.Ordinal);
        var damaged = new QrelsBuilder();
        foreach (var query in judgements.QueryIds)
        {
            var grades = noise.Damaged(query, judgements.Judgements(query), mismatched.Contains(query));
            foreach (var (passage, grade) in grades) damaged.Add(query, passage, grade);
        }
        return new InjectedNoise { Judgements = damaged.Build(), Changes = noise._changes, Queries = asked.Count, Accompanied = noise._accompanied };
    }

    private bool IsPositive(Judgement judgement) => judgement.Grade > 0 && _languages.ContainsKey(judgement.PassageId);

    private IEnumerable<Judgement> Damaged(string query, IReadOnlyList<Judgement> judgements, bool mismatched)
    {
        var first = _changes.Count;
        foreach (var ofLanguage in judgements.Where(IsPositive).GroupBy(judgement => _languages[judgement.PassageId], StringComparer.Ordinal))
        {
            if (mismatched) Mismatch(query, [.. ofLanguage], judgements);
            else HideAndMove(query, [.. ofLanguage]);
        }
        var changed = _changes.Skip(first).ToDictionary(change => change.PassageId, change => change.Grade, StringComparer.Ordinal);
        var kept = judgements.Where(judgement => !changed.TryGetValue(judgement.PassageId, out var grade) || grade > 0)
            .Select(judgement => judgement with { Grade = changed.GetValueOrDefault(judgement.PassageId, judgement.Grade) });
        var known = judgements.Select(judgement => judgement.PassageId).ToHashSet(StringComparer.Ordinal);
        return [.. kept, .. _changes.Skip(first).Where(change => !known.Contains(change.PassageId)).Select(change => new Judgement(change.PassageId, change.Grade))];
    }

    private void Mismatch(string query, List<Judgement> positives, IReadOnlyList<Judgement> judgements)
    {
        var language = _languages[positives[0].PassageId];
        var relevant = judgements.Where(judgement => judgement.Grade > 0).Select(judgement => judgement.PassageId).ToHashSet(StringComparer.Ordinal);
        var others = _answers[language].Where(id => !relevant.Contains(id)).ToArray();
        if (others.Length == 0) throw new DragomanException($"Every passage of language {language} that answers a query answers {query} too, so that there is none to put in the place of its own; leave mismatched out, or use more judgements.");
        // The same passage at every share: what follows depends on the query alone.
        var wrong = others[(int)(Draw("wrong " + language, query, 0) * others.Length)];
        var before = judgements.FirstOrDefault(judgement => judgement.PassageId == wrong).Grade;
        _changes.Add(new JudgementChange(query, wrong, NoiseKind.Mismatched, before, positives.Max(positive => positive.Grade)));
        _changes.AddRange(positives.Select(positive => new JudgementChange(query, positive.PassageId, NoiseKind.Displaced, positive.Grade, 0)));
    }

    private void HideAndMove(string query, List<Judgement> positives)
    {
        var count = positives.Count;
        if (count > 1) _accompanied += count;
        // One stays, always the same; the others make up for it, so that the share is that of all.
        var stays = count == 1 ? positives[0] : positives.MaxBy(positive => Draw("stays", query + "\t" + positive.PassageId, 0));
        var share = count == 1 ? 0 : Math.Min(1, _options.Hidden * count / (count - 1));
        foreach (var positive in positives)
        {
            var key = query + "\t" + positive.PassageId;
            if (positive != stays && Draw("hidden", key, 0) < share) _changes.Add(new JudgementChange(query, positive.PassageId, NoiseKind.Hidden, positive.Grade, 0));
            else if (Draw("jitter", key, 0) < _options.Jitter) _changes.Add(new JudgementChange(query, positive.PassageId, NoiseKind.Jitter, positive.Grade, Moved(positive.Grade, Draw("jitter", key, 1))));
        }
    }

    private int Moved(int grade, double direction) => grade == 1 ? 2 : grade == _greatest ? grade - 1 : direction < 0.5 ? grade - 1 : grade + 1;

    private double Draw(string purpose, string key, ulong number) => (new CounterRandom(_options.Seed, DrawStream.HashOf($"noise {purpose}\t{key}"))[number] >> 11) * (1.0 / (1UL << 53));
}
