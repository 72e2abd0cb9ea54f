using System.Collections.Concurrent;
using Dragoman.Collections.Errors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Retrieval.Reranking;

/// <summary>
/// Encodes (query, passage) pairs as a cross-encoder reads them: [CLS] query [SEP] passage [SEP], the passage shortened to fit. Every text is
/// tokenized once and remembered. Thread-safe.
/// </summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxLength">Longest pair in tokens, special tokens included.</param>
/// <param name="maxQueryLength">Longest query in tokens; longer ones lose their end, so that room for a passage is left.</param>
public sealed class PairTokenizer(ITokenizer tokenizer, int maxLength, int maxQueryLength)
{
    private readonly ConcurrentDictionary<string, int[]> _ids = new(StringComparer.Ordinal);

    /// <summary>Longest pair in tokens, special tokens included.</summary>
    public int MaxLength => maxLength;

    /// <summary>The id that fills up shorter pairs.</summary>
    public int PadId => tokenizer.PadId;

    /// <summary>A longest query length that leaves half of the pair to the passage.</summary>
    /// <param name="maxLength">Longest pair in tokens.</param>
    public static int DefaultQueryLength(int maxLength) => Math.Max(1, maxLength / 2 - 2);

    /// <summary>Encodes a pair.</summary>
    /// <param name="query">The query's text.</param>
    /// <param name="passage">The passage's text.</param>
    /// <returns>The pair, not padded.</returns>
    /// <exception cref="DragomanException">The lengths leave no room for a passage.</exception>
    public EncodedText Encode(string query, string passage)
    {
        var first = Ids(query, maxQueryLength);
        return tokenizer.Combine(first, Ids(passage, maxLength), maxLength, Truncation.OnlySecond);
    }

    private ArraySegment<int> Ids(string text, int most)
    {
        var ids = _ids.GetOrAdd(text, Tokenize, tokenizer);
        return new ArraySegment<int>(ids, 0, Math.Min(ids.Length, most));
    }

    private static int[] Tokenize(string text, ITokenizer tokenizer)
    {
        var ids = new List<int>();
        tokenizer.AppendIds(text, ids);
        return [.. ids];
    }
}
