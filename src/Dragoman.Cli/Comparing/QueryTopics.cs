using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Comparing;

/// <summary>The topic of each query: a file of query, tab, topic.</summary>
internal sealed class QueryTopics
{
    private readonly string _path;
    private readonly Dictionary<string, string> _topics = new(StringComparer.Ordinal);

    private QueryTopics(string path) => _path = path;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file; may be gzip-compressed.</param>
    /// <exception cref="DataFormatException">A line is no query and topic, or a query has two topics.</exception>
    internal static QueryTopics Read(string path)
    {
        var topics = new QueryTopics(path);
        foreach (var line in TextLines.Read(path).Where(line => line.Text.Length > 0))
        {
            if (line.Text.Split('\t') is not [{ Length: > 0 } query, { Length: > 0 } topic]) throw new DataFormatException(path, line.Number, "expected a query's id, a tab and its topic.");
            if (!topics._topics.TryAdd(query, topic) && topics._topics[query] != topic) throw new DataFormatException(path, line.Number, $"query {query} has the topic {topics._topics[query]} already; give each query one.");
        }
        return topics;
    }

    /// <summary>The topic of a query.</summary>
    /// <param name="queryId">The query.</param>
    /// <exception cref="DragomanException">The file lacks it.</exception>
    internal string Of(string queryId) => _topics.TryGetValue(queryId, out var topic) ? topic : throw new DragomanException($"{_path} names no topic of query {queryId}; add a line for every judged query, or leave --topics out.");
}
