using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// The held-out pairs that a teacher is calibrated on: for each dev query its relevant passages, and as many other candidates for each as training looks at, from the same source: the best of the run that gives negatives,
/// filled up with passages drawn from the languages of the relevant ones.
/// </summary>
/// <param name="Pairs">The pairs, with texts.</param>
/// <param name="Relevant">Whether each is relevant.</param>
/// <param name="Queries">Dev queries among them.</param>
internal sealed record CalibrationPairs(IReadOnlyList<(Query Query, Passage Passage)> Pairs, IReadOnlyList<bool> Relevant, int Queries)
{
    /// <summary>Draws the pairs; the same for the same dev split, run and options.</summary>
    /// <param name="qrels">Judgements of the dev split.</param>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">The collection's passages.</param>
    /// <param name="run">The run that gives negatives; null for none.</param>
    /// <param name="options">Sizes, and what is left out.</param>
    /// <exception cref="DragomanException">No dev query that is not trained on has a relevant passage and another one.</exception>
    internal static CalibrationPairs Draw(Qrels qrels, IReadOnlyDictionary<string, Query> queries, PassageCatalogue passages, Run? run, CalibrationOptions options)
    {
        var pools = passages.Entries.Values.GroupBy(passage => passage.Language, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(passage => passage.Id).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var judged = qrels.QueryIds.Where(queries.ContainsKey).ToList();
        var held = judged.Where(id => !options.Trained.Contains(id)).OrderBy(id => new DrawStream(options.Seed, 0, id, DrawPurpose.Keys)[0]).ThenBy(id => id, StringComparer.Ordinal);
        var (drawn, count) = (new List<(string Query, string Passage, bool IsRelevant)>(), 0);
        foreach (var id in held)
        {
            var list = Candidates(id, qrels, passages, pools, run, options);
            if (list.Count == 0) continue;
            if (count > 0 && drawn.Count + list.Count > options.MostPairs) break;
            drawn.AddRange(list);
            count++;
        }
        if (count == 0) throw new DragomanException($"None of the {judged.Count} dev queries with a text can be used to calibrate the teacher: each is trained on, or has no relevant passage in the collection; set sampling.teacher.calibrate: false, or name another data.dev.");
        var texts = passages.Texts(drawn.Select(pair => pair.Passage));
        return new CalibrationPairs([.. drawn.Select(pair => (queries[pair.Query], texts[pair.Passage]))], [.. drawn.Select(pair => pair.IsRelevant)], count);
    }

    private static List<(string Query, string Passage, bool IsRelevant)> Candidates(string query, Qrels qrels, PassageCatalogue passages, Dictionary<string, string[]> pools, Run? run, CalibrationOptions options)
    {
        var relevant = qrels.Judgements(query).Where(judgement => judgement.Grade > 0 && passages.Entries.ContainsKey(judgement.PassageId)).Select(judgement => judgement.PassageId).Order(StringComparer.Ordinal).ToList();
        if (relevant.Count == 0) return [];
        var languages = relevant.Select(id => passages.Entries[id].Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var taken = relevant.ToHashSet(StringComparer.Ordinal);
        var others = new List<string>(options.Candidates);
        foreach (var candidate in run?.Ranking(query) ?? [])
        {
            if (others.Count == options.Candidates) break;
            if (passages.Entries.TryGetValue(candidate.PassageId, out var passage) && languages.Contains(passage.Language) && taken.Add(passage.Id)) others.Add(passage.Id);
        }
        var stream = new DrawStream(options.Seed, 0, query, DrawPurpose.Proposal);
        var size = languages.Sum(language => pools[language].Length);
        for (var draw = 0L; others.Count < options.Candidates && taken.Count < size; draw++)
        {
            var place = (int)(stream[draw] * size);
            var language = 0;
            for (; place >= pools[languages[language]].Length; language++) place -= pools[languages[language]].Length;
            if (taken.Add(pools[languages[language]][place])) others.Add(pools[languages[language]][place]);
        }
        return [.. relevant.Select(id => (query, id, true)), .. others.Select(id => (query, id, false))];
    }
}

/// <summary>How <see cref="CalibrationPairs"/> are drawn.</summary>
internal sealed record CalibrationOptions
{
    /// <summary>Candidates of a query beside its relevant passages: as many as training looks at, so that relevance is as rare as there.</summary>
    internal int Candidates { get; init; } = 100;

    /// <summary>Most pairs in all; whole queries, drawn by the seed, are left out beyond.</summary>
    internal int MostPairs { get; init; } = 10_000;

    /// <summary>Queries that are trained on, which do not count as held out.</summary>
    internal IReadOnlySet<string> Trained { get; init; } = new HashSet<string>();

    /// <summary>Seed of what is drawn.</summary>
    internal required int Seed { get; init; }
}
