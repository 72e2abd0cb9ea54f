using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>Writes a collection's files into a folder, in BEIR layout; <see cref="Collection"/> reads them.</summary>
public static class BeirFolder
{
    /// <summary>Writes passages, queries and judgements.</summary>
    /// <param name="folder">The folder, usually a stage's working path; made when it is missing.</param>
    /// <param name="passages">Written to <c>corpus.jsonl</c>.</param>
    /// <param name="queries">Written to <c>queries.jsonl</c>.</param>
    /// <param name="qrels">Split to judgements, each written to <c>qrels/SPLIT.tsv</c>.</param>
    /// <returns>How many passages and queries were written.</returns>
    /// <exception cref="DragomanException">There are no passages.</exception>
    public static (int Passages, int Queries) Write(string folder, IEnumerable<Passage> passages, IEnumerable<Query> queries, IReadOnlyDictionary<string, Qrels> qrels)
    {
        var passageCount = BeirCorpus.Write(Path.Combine(folder, "corpus.jsonl"), passages);
        if (passageCount == 0) throw new DragomanException($"The collection {folder} would be empty; there are no passages to write.");
        var queryCount = BeirQueries.Write(Path.Combine(folder, "queries.jsonl"), queries);
        foreach (var (split, judgements) in qrels) BeirQrels.Write(Path.Combine(folder, "qrels", split + ".tsv"), judgements);
        return (passageCount, queryCount);
    }
}
