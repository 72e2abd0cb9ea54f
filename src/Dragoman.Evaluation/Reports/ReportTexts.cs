using Dragoman.Collections;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation.Reports;

/// <summary>What a report knows about its texts: all languages, the judged queries, and the few passages that it shows.</summary>
internal sealed class ReportTexts
{
    private readonly Dictionary<string, Query> _queries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Passage> _passages = new(StringComparer.Ordinal);

    /// <summary>Reads the queries, and the languages of the passages.</summary>
    internal ReportTexts(ReportInput input)
    {
        (HasPassages, HasQueries) = (input.Passages is not null, input.Queries is not null);
        var languages = new LanguageMap();
        foreach (var query in input.Queries ?? [])
        {
            languages.AddQuery(query.Id, query.Language);
            if (input.Qrels.IndexOfQuery(query.Id) >= 0) _queries[query.Id] = query;
        }
        foreach (var passage in input.Passages ?? []) languages.AddPassage(passage.Id, passage.Language);
        Languages = HasPassages ? languages : null;
    }

    internal bool HasPassages { get; }

    internal bool HasQueries { get; }

    /// <summary>The languages; null when there is no collection.</summary>
    internal LanguageMap? Languages { get; }

    /// <summary>Reads the passages that are shown.</summary>
    internal void Read(IEnumerable<Passage>? passages, HashSet<string> shown)
    {
        if (shown.Count == 0) return;
        foreach (var passage in passages ?? [])
            if (shown.Contains(passage.Id)) _passages[passage.Id] = passage;
    }

    /// <summary>The language of some judged query; <c>und</c> when there is none.</summary>
    internal string FirstLanguage => _queries.Values.Select(query => query.Language).FirstOrDefault(LanguageShape.Unknown);

    /// <summary>The query's text; null when it is not known.</summary>
    internal string? TextOf(string queryId) => _queries.GetValueOrDefault(queryId)?.Text;

    /// <summary>The query's language; <c>und</c> when it is not known.</summary>
    internal string LanguageOf(string queryId) => _queries.GetValueOrDefault(queryId)?.Language ?? LanguageShape.Unknown;

    /// <summary>The passage; null when it is not shown or not in the collection.</summary>
    internal Passage? Passage(string passageId) => _passages.GetValueOrDefault(passageId);
}
