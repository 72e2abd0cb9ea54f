using Dragoman.Collections;

namespace Dragoman.Evaluation.Languages;

/// <summary>The languages of passages and queries, as one or more collections give them. Reading is thread-safe.</summary>
public sealed class LanguageMap
{
    private readonly IdTable _passages = new();
    private readonly List<int> _languageOf = [];
    private readonly Dictionary<string, int> _queries = new(StringComparer.Ordinal);
    private readonly List<string> _tags = [];

    /// <summary>BCP 47 tags of the languages, in order of appearance; numbers refer to it.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>How many passages are known.</summary>
    public int PassageCount => _passages.Count;

    /// <summary>Reads the languages of collections.</summary>
    /// <param name="collections">The collections; where two hold the same id, the first counts. One without queries gives those of its passages.</param>
    /// <exception cref="Collections.Errors.DataFormatException">A file of a collection is malformed.</exception>
    public static LanguageMap Of(IEnumerable<Collection> collections)
    {
        var map = new LanguageMap();
        foreach (var collection in collections)
        {
            foreach (var passage in collection.ReadPassages()) map.AddPassage(passage.Id, passage.Language);
            if (collection.QueriesPath is null) continue;
            foreach (var query in collection.ReadQueries()) map.AddQuery(query.Id, query.Language);
        }
        return map;
    }

    /// <summary>Adds a passage; one that is known keeps its language.</summary>
    /// <param name="passageId">The passage.</param>
    /// <param name="language">Its BCP 47 tag.</param>
    public void AddPassage(string passageId, string language)
    {
        if (_passages.Add(passageId) == _languageOf.Count) _languageOf.Add(Number(language));
    }

    /// <summary>Adds a query; one that is known keeps its language.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="language">Its BCP 47 tag.</param>
    public void AddQuery(string queryId, string language) => _queries.TryAdd(queryId, Number(language));

    /// <summary>The number of a passage's language; -1 when the passage is not known.</summary>
    /// <param name="passageId">The passage in UTF-8.</param>
    public int OfPassage(ReadOnlySpan<byte> passageId)
    {
        var passage = _passages.IndexOf(passageId);
        return passage < 0 ? -1 : _languageOf[passage];
    }

    /// <summary>The number of a passage's language; -1 when the passage is not known.</summary>
    /// <param name="passageId">The passage.</param>
    public int OfPassage(string passageId)
    {
        var passage = _passages.IndexOf(passageId);
        return passage < 0 ? -1 : _languageOf[passage];
    }

    /// <summary>The number of a query's language; -1 when the query is not known.</summary>
    /// <param name="queryId">The query.</param>
    public int OfQuery(string queryId) => _queries.GetValueOrDefault(queryId, -1);

    private int Number(string language)
    {
        var number = _tags.IndexOf(language);
        if (number >= 0) return number;
        _tags.Add(language);
        return _tags.Count - 1;
    }
}
