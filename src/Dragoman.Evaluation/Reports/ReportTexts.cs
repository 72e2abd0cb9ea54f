using Dragoman.Collections;

namespace Dragoman.Evaluation.Reports;

/// <summary>What a report knows about its texts: languages of everything in runs and qrels, and the few texts that it shows. Reads a collection once, keeping only these.</summary>
internal sealed class ReportTexts
{
    private readonly Dictionary<string, Query> _queries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Passage> _passages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _languages = new(StringComparer.Ordinal);

    /// <summary>Reads the texts.</summary>
    /// <param name="input">Where from.</param>
    /// <param name="shownQueries">Queries whose text is wanted.</param>
    /// <param name="shownPassages">Passages whose text is wanted.</param>
    internal ReportTexts(ReportInput input, HashSet<string> shownQueries, HashSet<string> shownPassages)
    {
        (HasPassages, HasQueries) = (input.Passages is not null, input.Queries is not null);
        foreach (var query in input.Queries ?? [])
        {
            if (input.Qrels.IndexOfQuery(query.Id) < 0) continue;
            _queries[query.Id] = shownQueries.Contains(query.Id) ? query : query with { Text = "" };
        }
        foreach (var passage in input.Passages ?? [])
        {
            if (input.Qrels.Passages.IndexOf(passage.Id) < 0 && !input.Systems.Any(system => system.Run.Passages.IndexOf(passage.Id) >= 0)) continue;
            _languages[passage.Id] = passage.Language;
            if (shownPassages.Contains(passage.Id)) _passages[passage.Id] = passage;
        }
    }

    internal bool HasPassages { get; }

    internal bool HasQueries { get; }

    /// <summary>The query's text; null when it is not known.</summary>
    internal string? TextOf(string queryId) => _queries.GetValueOrDefault(queryId)?.Text is { Length: > 0 } text ? text : null;

    /// <summary>The query's language; <c>und</c> when it is not known.</summary>
    internal string LanguageOfQuery(string queryId) => _queries.GetValueOrDefault(queryId)?.Language ?? LanguageShape.Unknown;

    /// <summary>The passage's language; <c>und</c> when it is not known.</summary>
    internal string LanguageOfPassage(string passageId) => _languages.GetValueOrDefault(passageId) ?? LanguageShape.Unknown;

    /// <summary>The passage; null when its text was not asked for or is not in the collection.</summary>
    internal Passage? Passage(string passageId) => _passages.GetValueOrDefault(passageId);
}
