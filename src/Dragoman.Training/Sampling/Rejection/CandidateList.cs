using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>The candidates of a query, with what is known of them.</summary>
public sealed class CandidateList
{
    /// <summary>Checks and keeps the candidates; the lists are not copied.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageIds">One passage or more.</param>
    /// <param name="scores">The score that each has from the model or retriever that proposes, finite.</param>
    /// <param name="grades">The grade of each, 0 for what is not judged; a negative one, which says that the judgement does not count, is read as 0.</param>
    /// <exception cref="DragomanException">There is no candidate, or a score is not a finite number.</exception>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public CandidateList(string queryId, IReadOnlyList<string> passageIds, IReadOnlyList<double> scores, IReadOnlyList<int> grades)
    {
        if (passageIds.Count != scores.Count) throw new ArgumentException($"{passageIds.Count} passages have {scores.Count} scores.", nameof(scores));
        if (passageIds.Count != grades.Count) throw new ArgumentException($"{passageIds.Count} passages have {grades.Count} grades.", nameof(grades));
        if (passageIds.Count == 0) throw new DragomanException($"Query {queryId} has no candidates to sample from; leave it out, or retrieve deeper.");
        (QueryId, PassageIds, Scores, Grades) = (queryId, passageIds, scores, grades);
        RequireFinite(scores, "score");
    }

    /// <summary>The query.</summary>
    public string QueryId { get; }

    /// <summary>The candidates.</summary>
    public IReadOnlyList<string> PassageIds { get; }

    /// <summary>What the proposing model gave each.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>The grade of each; see the constructor.</summary>
    public IReadOnlyList<int> Grades { get; }

    /// <summary>How many there are, 1 or more.</summary>
    public int Count => PassageIds.Count;

    /// <summary>Whether no candidate has a grade above 0.</summary>
    public bool HasOnlyZeros => Grades.All(grade => grade <= 0);

    /// <summary>Checks numbers that go with the candidates.</summary>
    /// <param name="values">One for each candidate.</param>
    /// <param name="what">What they are called in the message.</param>
    /// <exception cref="DragomanException">One is not finite.</exception>
    internal void RequireFinite(IReadOnlyList<double> values, string what)
    {
        for (var at = 0; at < values.Count; at++)
        {
            if (!double.IsFinite(values[at])) throw new DragomanException($"Query {QueryId}: the {what} of passage {PassageIds[at]} is {values[at]}, not a finite number; the model that gave it has diverged, or the file is damaged.");
        }
    }

    /// <summary>Checks that numbers that go with the candidates are within [0, 1].</summary>
    /// <param name="values">One for each candidate.</param>
    /// <param name="what">What they are called in the message.</param>
    /// <exception cref="DragomanException">One is not.</exception>
    /// <exception cref="ArgumentException">There are more or fewer than candidates.</exception>
    internal void RequireShares(IReadOnlyList<double> values, string what)
    {
        if (values.Count != Count) throw new ArgumentException($"{Count} candidates have {values.Count} numbers ({what}).", nameof(values));
        for (var at = 0; at < values.Count; at++)
        {
            if (!(values[at] is >= 0 and <= 1)) throw new DragomanException($"Query {QueryId}: the {what} of passage {PassageIds[at]} is {values[at]}; it must be within 0 and 1.");
        }
    }
}
