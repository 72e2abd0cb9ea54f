using System.Globalization;
using Dragoman.Collections;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Reports;

/// <summary>A query that a report shows with the tops of some systems' rankings; chosen before any text is read, so that only the texts it needs are kept.</summary>
internal sealed record ShownQuery
{
    private const int MostSystems = 4, MostMissed = 3, SnippetLetters = 240;

    internal required string QueryId { get; init; }

    internal required string Summary { get; init; }

    /// <summary>System with its value, and the ids of its first passages.</summary>
    internal required IReadOnlyList<(string System, IReadOnlyList<string> PassageIds)> Rankings { get; init; }

    /// <summary>Relevant passages that are in none of the rankings shown.</summary>
    internal required IReadOnlyList<string> Missed { get; init; }

    internal IEnumerable<string> PassageIds => Rankings.SelectMany(ranking => ranking.PassageIds).Concat(Missed);

    /// <summary>The queries that are hardest for all systems together: lowest mean of the main measure among those with something to find.</summary>
    internal static IReadOnlyList<ShownQuery> Hardest(ReportInput input, ReportNumbers numbers)
    {
        if (numbers.Main is not { } measure) return [];
        var values = numbers.Systems.Select(system => numbers.Scores(system, measure).ByQuery).ToList();
        return [.. numbers.QueryIds
            .Select((id, at) => (Id: id, At: at, Mean: values.Average(byQuery => byQuery[at])))
            .Where(query => input.Qrels.Judgements(query.Id).Any(judgement => judgement.Grade >= input.Evaluation.RelevanceLevel))
            .OrderBy(query => query.Mean).ThenBy(query => query.Id, StringComparer.Ordinal).Take(input.ShownQueries)
            .Select(query => Of(input, query.Id, $"{measure} {NumberText.Value(query.Mean)}{(values.Count > 1 ? " on average" : "")}",
                [.. numbers.Systems.Select((system, i) => (system, values[i][query.At])).Take(MostSystems)], measure))];
    }

    /// <summary>The queries at which a system gains most over the baseline, or loses most.</summary>
    internal static IReadOnlyList<ShownQuery> Extremes(ReportInput input, ReportNumbers numbers, EvaluatedSystem system, Comparison comparison, bool wins)
    {
        var measure = numbers.Main!;
        var ordered = wins ? comparison.ByQuery.Where(query => query.Difference > 0) : comparison.ByQuery.Where(query => query.Difference < 0).Reverse();
        return [.. ordered.Take(input.ShownQueries).Select(query => Of(input, query.QueryId,
            $"{measure} {NumberText.Value(query.Baseline)} → {NumberText.Value(query.System)} ({NumberText.Signed(query.Difference)})",
            [(system, query.System), (numbers.Baseline, query.Baseline)], measure))];
    }

    /// <summary>The query with its texts.</summary>
    internal ReportQuery With(ReportTexts texts, Qrels qrels) => new(
        QueryId, texts.TextOf(QueryId), texts.LanguageOf(QueryId), Summary,
        [.. Rankings.Select(ranking => new ReportRanking(ranking.System, [.. ranking.PassageIds.Select(id => Passage(texts, qrels, id))]))],
        [.. Missed.Select(id => Passage(texts, qrels, id))]);

    private static ShownQuery Of(ReportInput input, string queryId, string summary, IReadOnlyList<(EvaluatedSystem System, double Value)> systems, Measure measure)
    {
        var rankings = systems.Select(system => (string.Create(CultureInfo.InvariantCulture, $"{system.System.Name} ({measure} {NumberText.Value(system.Value)}{(system.System.Runs.Count > 1 ? $"; the first of {system.System.Runs.Count} runs" : "")})"),
            (IReadOnlyList<string>)[.. system.System.Shown.Ranking(queryId).Take(input.ShownPassages).Select(passage => passage.PassageId)])).ToList();
        var shown = rankings.SelectMany(ranking => ranking.Item2).ToHashSet(StringComparer.Ordinal);
        var missed = input.Qrels.Judgements(queryId).Where(judgement => judgement.Grade >= input.Evaluation.RelevanceLevel && !shown.Contains(judgement.PassageId))
            .OrderByDescending(judgement => judgement.Grade).ThenBy(judgement => judgement.PassageId, StringComparer.Ordinal).Take(MostMissed).Select(judgement => judgement.PassageId);
        return new ShownQuery { QueryId = queryId, Summary = summary, Rankings = rankings, Missed = [.. missed] };
    }

    private ReportPassage Passage(ReportTexts texts, Qrels qrels, string id)
    {
        var text = texts.Passage(id);
        return new ReportPassage(id, qrels.Grade(QueryId, id), text?.Language, text?.Title ?? "", text is null ? "" : TextFit.Head(text.Text, SnippetLetters));
    }
}
