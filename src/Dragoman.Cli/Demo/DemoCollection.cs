using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Demo;

/// <summary>A collection in memory, with what the demo asks of it.</summary>
/// <param name="Passages">The passages.</param>
/// <param name="Queries">The queries.</param>
/// <param name="Qrels">The judgements.</param>
internal sealed record DemoCollection(IReadOnlyList<Passage> Passages, IReadOnlyList<Query> Queries, Qrels Qrels)
{
    /// <summary>The languages that have both queries and passages, in the order of the queries.</summary>
    internal IReadOnlyList<string> Languages { get; } = [.. Queries.Select(query => query.Language).Distinct(StringComparer.Ordinal).Intersect(Passages.Select(passage => passage.Language), StringComparer.Ordinal)];

    /// <summary>Query id to language.</summary>
    internal IReadOnlyDictionary<string, string> LanguageOfQuery { get; } = Queries.ToDictionary(query => query.Id, query => query.Language, StringComparer.Ordinal);

    /// <summary>Passage id to language.</summary>
    internal IReadOnlyDictionary<string, string> LanguageOfPassage { get; } = Passages.ToDictionary(passage => passage.Id, passage => passage.Language, StringComparer.Ordinal);

    /// <summary>Reads a collection folder.</summary>
    /// <param name="path">The folder; small enough for memory.</param>
    /// <exception cref="DragomanException">The folder cannot be read, no language has both queries and passages, or the judgements name something else.</exception>
    internal static DemoCollection Read(string path)
    {
        var source = Collection.Open(path);
        var collection = new DemoCollection([.. source.ReadPassages()], [.. source.ReadQueries()], source.ReadQrels());
        if (collection.Languages.Count == 0) throw new DragomanException($"{path}: no language has both queries and passages; the demo needs a collection with languages (lang).");
        collection.RequireJudgedTexts(path);
        return collection;
    }

    private void RequireJudgedTexts(string path)
    {
        _ = Qrels.Restrict(
            id => LanguageOfQuery.ContainsKey(id) ? true : throw new DragomanException($"{path}: the judgements name the query {id}, which the collection lacks; do queries and judgements belong together?"),
            id => LanguageOfPassage.ContainsKey(id) ? true : throw new DragomanException($"{path}: the judgements name the passage {id}, which the collection lacks; do passages and judgements belong together?"));
    }
}
