using System.Text;
using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// Which queries are one topic in several languages or copies: those with the same text (but for case, width and spaces), and those whose ids differ by their language tag at the beginning or the end alone
/// (<c>zh-q1</c>, <c>kk-q1</c>). A model that was trained on one of them has seen the others.
/// </summary>
internal sealed class QueryTopics
{
    private static readonly char[] Separators = ['-', '_', '.', ':', '/'];
    private readonly Dictionary<string, string> _above = new(StringComparer.Ordinal);

    /// <summary>Finds the topics.</summary>
    /// <param name="queries">The queries.</param>
    internal QueryTopics(IEnumerable<Query> queries)
    {
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var query in queries.OrderBy(query => query.Id, StringComparer.Ordinal))
        {
            _above[query.Id] = query.Id;
            foreach (var key in new[] { "id " + WithoutLanguage(query), "text " + Folded(query.Text) })
            {
                if (!byKey.TryAdd(key, query.Id)) Join(byKey[key], query.Id);
            }
        }
    }

    /// <summary>The topic of a query: the first of its queries by id.</summary>
    /// <param name="queryId">A query that was given.</param>
    internal string this[string queryId]
    {
        get
        {
            var top = queryId;
            while (_above[top] != top) top = _above[top];
            return top;
        }
    }

    private void Join(string left, string right)
    {
        var (first, second) = (this[left], this[right]);
        if (string.CompareOrdinal(first, second) < 0) _above[second] = first;
        else _above[first] = second;
    }

    private static string WithoutLanguage(Query query)
    {
        var (id, tag) = (query.Id, query.Language);
        if (tag.Length == 0 || id.Length < tag.Length + 2) return id;
        if (id.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && Separators.Contains(id[tag.Length])) return id[(tag.Length + 1)..];
        return id.EndsWith(tag, StringComparison.OrdinalIgnoreCase) && Separators.Contains(id[^(tag.Length + 1)]) ? id[..^(tag.Length + 1)] : id;
    }

    private static string Folded(string text) => string.Join(' ', text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
