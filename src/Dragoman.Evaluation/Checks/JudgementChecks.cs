using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>The judgements of a collection as the other checks need them: which queries and passages occur in which split, and which are relevant there.</summary>
internal sealed class JudgementChecks
{
    private readonly List<ulong> _querySplits = [], _relevantQuerySplits = [], _passageSplits = [], _relevantPassageSplits = [];

    private JudgementChecks(IReadOnlyList<string> splits) => Splits = splits;

    /// <summary>Names of the splits; their positions are the bits below. More than 64 share the last bit.</summary>
    internal IReadOnlyList<string> Splits { get; }

    internal long Count { get; private set; }

    internal IdTable Queries { get; } = new();

    internal IdTable Passages { get; } = new();

    internal static JudgementChecks Read(Collection collection, FindingList found, CancellationToken cancellationToken)
    {
        var checks = new JudgementChecks(collection.Splits);
        for (var split = 0; split < checks.Splits.Count; split++) checks.ReadSplit(collection.QrelsPath(checks.Splits[split]), split, found, cancellationToken);
        if (checks.Splits.Count == 0) found.Note("no-judgements", () => collection.Folder);
        found.Conclude("no-judgements", CheckSeverity.Information, 0, _ => "The collection has no judgements, so nothing can be measured with it.");
        found.Conclude("malformed-judgement", CheckSeverity.Error, checks.Count, _ => "Lines of judgements that cannot be read; 'evaluate' refuses the file.");
        return checks;
    }

    /// <summary>Splits in which a query is judged.</summary>
    internal ulong SplitsOfQuery(string id) => At(_querySplits, Queries.IndexOf(id));

    /// <summary>Splits in which a passage is relevant to some query.</summary>
    internal ulong RelevantSplitsOfPassage(string id) => At(_relevantPassageSplits, Passages.IndexOf(id));

    /// <summary>Finds judgements of what is not there, queries without relevant passages, and queries in several splits.</summary>
    internal void Conclude(QueryChecks queries, PassageChecks passages, FindingList found)
    {
        for (var query = 0; query < Queries.Count; query++)
        {
            var (number, id) = (query, Queries[query]);
            if (queries.HasFile && queries.Ids.IndexOf(id) < 0) found.Note("judged-query-missing", () => $"query {id} ({Names(_querySplits[number])})");
            if (_relevantQuerySplits[number] == 0) found.Note("query-without-relevant", () => $"query {id} ({Names(_querySplits[number])})");
            if (!ulong.IsPow2(_querySplits[number])) found.Note("query-in-several-splits", () => $"query {id} ({Names(_querySplits[number])})");
        }
        for (var passage = 0; passage < Passages.Count; passage++)
        {
            var (number, id) = (passage, Passages[passage]);
            if (_relevantPassageSplits[number] != 0 && !ulong.IsPow2(_relevantPassageSplits[number])) found.Note("passage-in-several-splits", () => $"passage {id} ({Names(_relevantPassageSplits[number])})");
            if (passages.Ids.IndexOf(id) >= 0) continue;
            found.Note(_relevantPassageSplits[number] != 0 ? "relevant-passage-missing" : "judged-passage-missing", () => $"passage {id} ({Names(_passageSplits[number])})");
        }
        found.Conclude("judged-query-missing", CheckSeverity.Error, Queries.Count, _ => "Judged queries that are not among the queries: no run can hold them, and averages over judged queries count them as 0.");
        found.Conclude("query-in-several-splits", CheckSeverity.Error, Queries.Count, _ => "Queries that are judged in more than one split: what was learned or tuned on one is measured on the other.");
        found.Conclude("query-without-relevant", CheckSeverity.Warning, Queries.Count, _ => "Judged queries without a relevant passage (no grade above 0); they score 0 for every system and lower every mean alike.");
        found.Conclude("relevant-passage-missing", CheckSeverity.Error, Passages.Count, _ => "Relevant passages that are not in the corpus: no system can find them, so recall and nDCG cannot reach 1.");
        found.Conclude("passage-in-several-splits", CheckSeverity.Information, Passages.Count, _ => "Passages that are relevant to queries of more than one split; a model can know them without understanding the query.");
        found.Conclude("judged-passage-missing", CheckSeverity.Warning, Passages.Count, _ => "Passages judged not relevant that are not in the corpus; they take the place of real candidates where lists are reranked.");
    }

    private void ReadSplit(string path, int split, FindingList found, CancellationToken cancellationToken)
    {
        var bit = 1UL << Math.Min(split, 63);
        var seen = new HashSet<(int, int)>();
        var grades = new SortedDictionary<int, long>();
        foreach (var line in CollectionScan.Judgements(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Problem is { } problem)
            {
                found.Note("malformed-judgement", () => $"{path}, line {line.Line}: {problem}");
                continue;
            }
            Count++;
            var (query, passage) = (Mark(Queries, _querySplits, line.QueryId, bit), Mark(Passages, _passageSplits, line.PassageId, bit));
            while (_relevantQuerySplits.Count < Queries.Count) _relevantQuerySplits.Add(0);
            while (_relevantPassageSplits.Count < Passages.Count) _relevantPassageSplits.Add(0);
            if (!seen.Add((query, passage))) found.Note("duplicate-judgement/" + Splits[split], () => $"{path}, line {line.Line}: query {line.QueryId}, passage {line.PassageId}");
            grades[line.Grade] = grades.GetValueOrDefault(line.Grade) + 1;
            if (line.Grade <= 0) continue;
            _relevantQuerySplits[query] |= bit;
            _relevantPassageSplits[passage] |= bit;
        }
        found.Conclude("duplicate-judgement/" + Splits[split], CheckSeverity.Error, seen.Count, _ => $"Judgements of split {Splits[split]} that occur more than once; trec_eval and 'evaluate' refuse such a file.");
        ConcludeGrades(Splits[split], grades, found);
    }

    private static void ConcludeGrades(string split, SortedDictionary<int, long> grades, FindingList found)
    {
        if (grades.Count == 0) return;
        var histogram = string.Join(", ", grades.Select(grade => $"{grade.Key.ToString(CultureInfo.InvariantCulture)}: {FindingList.Number(grade.Value)}"));
        found.Findings.Add(new Finding("grades", CheckSeverity.Information, grades.Values.Sum(), 0, $"Grades of split {split}: {histogram}.", []));
        var negative = grades.Where(grade => grade.Key < 0).Sum(grade => grade.Value);
        if (negative > 0) found.Findings.Add(new Finding("negative-grades", CheckSeverity.Warning, negative, grades.Values.Sum(),
            $"Grades of split {split} below 0; measures count them as not relevant, losses that learn from grades may not.", []));
    }

    private static int Mark(IdTable ids, List<ulong> splits, string id, ulong bit)
    {
        var number = ids.Add(id);
        if (number == splits.Count) splits.Add(0);
        splits[number] |= bit;
        return number;
    }

    private string Names(ulong splits) => string.Join(", ", Splits.Where((_, split) => (splits >> Math.Min(split, 63) & 1) != 0));

    private static ulong At(List<ulong> splits, int number) => number < 0 ? 0 : splits[number];
}
