using Dragoman.Text.Languages.Identification;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>What a search found, ready to show to a person.</summary>
/// <param name="Method">The method that was used.</param>
/// <param name="Results">The passages, best first.</param>
public sealed record SearchAnswer(string Method, IReadOnlyList<SearchResult> Results)
{
    /// <summary>The language that the query was taken to be in, as it carried none; null when it carried one, or that made no difference, or none was likely enough.</summary>
    public LanguageProbability? AssumedLanguage { get; init; }

    /// <summary>Why <c>psq</c> weighed the query at query time although the index holds PSQ weights, as a clause that says what they lack; null where they were used, and where there are none.</summary>
    public string? WhyAtQueryTime { get; init; }
}

/// <summary>A passage found by a search.</summary>
/// <param name="Rank">Place in the ranking, from 1.</param>
/// <param name="Score">Score, comparable within one answer only.</param>
/// <param name="PassageId">Id of the passage.</param>
/// <param name="Language">BCP 47 tag of the passage.</param>
/// <param name="Title">Title; empty when there is none.</param>
/// <param name="Snippet">Part of the text on one line.</param>
public sealed record SearchResult(int Rank, double Score, string PassageId, string Language, string Title, string Snippet);
