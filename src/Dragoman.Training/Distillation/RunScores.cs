using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Distillation;

/// <summary>The scores of a run by query and passage.</summary>
internal sealed class RunScores
{
    private const int Named = 3;
    private readonly string _path;
    private readonly Dictionary<string, Dictionary<string, double>> _scores;

    /// <summary>Takes the scores of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">What to call it in messages: its file.</param>
    internal RunScores(Run run, string path)
    {
        _path = path;
        _scores = run.QueryIds.ToDictionary(id => id, id => run.Ranking(id).ToDictionary(passage => passage.PassageId, passage => passage.Score, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>A pair's score; NaN when the run lacks it.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageId">The passage.</param>
    internal double Of(string queryId, string passageId) => _scores.TryGetValue(queryId, out var scores) && scores.TryGetValue(passageId, out var score) ? score : double.NaN;

    /// <summary>How many pairs the run lacks, and which are the first.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="what">What to call them: candidates, pairs.</param>
    /// <returns>Null when it has all of them.</returns>
    internal MissingScores? Missing(IReadOnlyList<(string QueryId, string PassageId)> pairs, string what)
    {
        var missing = pairs.Where(pair => double.IsNaN(Of(pair.QueryId, pair.PassageId))).Select(pair => $"{pair.QueryId} {pair.PassageId}").ToList();
        if (missing.Count == 0) return null;
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{_path} lacks {missing.Count:N0} of {pairs.Count:N0} {what} (query and passage: {string.Join(", ", missing.Take(Named))}{(missing.Count > Named ? ", …" : "")})");
        return new MissingScores(missing.Count, pairs.Count, sentence);
    }
}

/// <summary>What a run lacks.</summary>
/// <param name="Count">Pairs without a score, 1 or more.</param>
/// <param name="Asked">Pairs that were asked for.</param>
/// <param name="Sentence">The beginning of a sentence that says so and names the first.</param>
internal sealed record MissingScores(int Count, int Asked, string Sentence)
{
    /// <summary>Refuses a run that lacks everything.</summary>
    /// <exception cref="DragomanException">It does.</exception>
    internal void RequireSome()
    {
        if (Count == Asked) throw new DragomanException($"{Sentence}, which is all of them; was it made for other queries or another collection?");
    }
}
