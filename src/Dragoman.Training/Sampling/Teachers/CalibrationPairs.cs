using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// The held-out pairs that a teacher is calibrated on, as training meets them. Candidates of a dev query: the best of the run that gives negatives, relevant or not; without a run its relevant passages and others, drawn from their
/// languages. Labels: its best-graded passages, and such others.
/// </summary>
/// <remarks>With a run, relevant passages that it does not have are no candidates: they lack what brought the others there, a high score of the first stage, and beside them a good score would seem to speak against relevance.</remarks>
/// <param name="Pairs">The pairs, with texts.</param>
/// <param name="Queries">Dev queries among them.</param>
internal sealed record CalibrationPairs(IReadOnlyList<HeldOutPair> Pairs, int Queries)
{
    /// <summary>Draws the pairs; the same for the same dev split, run and options.</summary>
    /// <param name="qrels">Judgements of the dev split.</param>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">The collection's passages.</param>
    /// <param name="run">The run that gives negatives; null for none.</param>
    /// <param name="options">Sizes, and what is left out.</param>
    /// <exception cref="DragomanException">No dev query that is not trained on has a relevant passage and another one; or none of their relevant passages is among the best of the run.</exception>
    internal static CalibrationPairs Draw(Qrels qrels, IReadOnlyDictionary<string, Query> queries, PassageCatalogue passages, Run? run, CalibrationOptions options)
    {
        var pools = passages.Entries.Values.GroupBy(passage => passage.Language, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(passage => passage.Id).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var judged = qrels.QueryIds.Where(queries.ContainsKey).ToList();
        var held = judged.Where(id => !options.Trained.Contains(id)).OrderBy(id => new DrawStream(options.Seed, 0, id, DrawPurpose.Keys)[0]).ThenBy(id => id, StringComparer.Ordinal);
        var (drawn, count) = (new List<Drawn>(), 0);
        foreach (var id in held)
        {
            var pairs = Of(id, qrels, passages, pools, run, options);
            if (pairs.Count == 0) continue;
            if (count > 0 && drawn.Count + pairs.Count > options.MostPairs) break;
            drawn.AddRange(pairs);
            count++;
        }
        if (count == 0) throw new DragomanException($"None of the {judged.Count} dev queries with a text can be used to calibrate the teacher: each is trained on, or has no relevant passage in the collection; set sampling.teacher.calibrate: false, or name another data.dev.");
        if (!drawn.Any(pair => pair is { IsRelevant: true, IsCandidate: true }))
            throw new DragomanException($"None of the relevant passages of {count} dev queries is among the best {options.Candidates} of negatives.run, which the teacher is calibrated on; name a run that has the dev queries, raise sampling.depth, or set sampling.teacher.calibrate: false.");
        var texts = passages.Texts(drawn.Select(pair => pair.Passage));
        return new CalibrationPairs([.. drawn.Select(pair => new HeldOutPair(queries[pair.Query], texts[pair.Passage], pair.IsRelevant, pair.IsCandidate, pair.IsLabel))], count);
    }

    private static List<Drawn> Of(string query, Qrels qrels, PassageCatalogue passages, Dictionary<string, string[]> pools, Run? run, CalibrationOptions options)
    {
        var grades = qrels.Judgements(query).Where(judgement => judgement.Grade > 0 && passages.Entries.ContainsKey(judgement.PassageId)).ToDictionary(judgement => judgement.PassageId, judgement => judgement.Grade, StringComparer.Ordinal);
        if (grades.Count == 0) return [];
        var best = grades.Values.Max();
        var languages = grades.Keys.Select(id => passages.Entries[id].Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var listed = run is null ? null : run.Ranking(query).Select(candidate => candidate.PassageId)
            .Where(id => passages.Entries.TryGetValue(id, out var passage) && languages.Contains(passage.Language)).Take(options.Candidates).ToList();
        var others = Others(query, grades.Keys.Concat(listed ?? []), languages, pools, listed is null ? options.Candidates : Math.Min(options.Candidates, options.LabelsBesideARun), options.Seed);
        var candidates = listed?.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. grades.OrderBy(grade => grade.Key, StringComparer.Ordinal).Select(grade => new Drawn(query, grade.Key, true, candidates?.Contains(grade.Key) ?? true, grade.Value == best)),
            .. (listed ?? []).Where(id => !grades.ContainsKey(id)).Select(id => new Drawn(query, id, false, true, false)),
            .. others.Select(id => new Drawn(query, id, false, candidates is null, true)),
        ];
    }

    /// <summary>Random passages of some languages.</summary>
    private static List<string> Others(string query, IEnumerable<string> without, List<string> languages, Dictionary<string, string[]> pools, int count, int seed)
    {
        var (taken, others) = (without.ToHashSet(StringComparer.Ordinal), new List<string>(count));
        var stream = new DrawStream(seed, 0, query, DrawPurpose.Proposal);
        var size = languages.Sum(language => pools[language].Length);
        for (var draw = 0L; others.Count < count && taken.Count < size; draw++)
        {
            var place = (int)(stream[draw] * size);
            var language = 0;
            for (; place >= pools[languages[language]].Length; language++) place -= pools[languages[language]].Length;
            if (taken.Add(pools[languages[language]][place])) others.Add(pools[languages[language]][place]);
        }
        return others;
    }

    private sealed record Drawn(string Query, string Passage, bool IsRelevant, bool IsCandidate, bool IsLabel);
}

/// <summary>How <see cref="CalibrationPairs"/> are drawn.</summary>
internal sealed record CalibrationOptions
{
    /// <summary>Candidates of a query: as many as training looks at, so that relevance is as rare as there. Without a run, relevant passages come on top.</summary>
    internal int Candidates { get; init; } = 100;

    /// <summary>Most random passages of a query that stand for wrong labels where candidates are those of a run.</summary>
    internal int LabelsBesideARun { get; init; } = 20;

    /// <summary>Most pairs in all; whole queries, drawn by the seed, are left out beyond.</summary>
    internal int MostPairs { get; init; } = 10_000;

    /// <summary>Queries that are trained on, which do not count as held out.</summary>
    internal IReadOnlySet<string> Trained { get; init; } = new HashSet<string>();

    /// <summary>Seed of what is drawn.</summary>
    internal required int Seed { get; init; }
}
