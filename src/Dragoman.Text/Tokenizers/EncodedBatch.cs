namespace Dragoman.Text.Tokenizers;

/// <summary>B encoded texts padded at their ends to the longest one's T tokens, row-major, as int64 the way models index embeddings.</summary>
/// <param name="Rows">B, the number of texts.</param>
/// <param name="Columns">T, the length of the longest text in tokens.</param>
/// <param name="Ids">Token ids, the pad id behind each text's end, shape [B, T].</param>
/// <param name="TypeIds">Type ids, 0 behind each text's end, shape [B, T].</param>
/// <param name="AttentionMask">1 for tokens, 0 for padding, shape [B, T].</param>
public sealed record EncodedBatch(int Rows, int Columns, long[] Ids, long[] TypeIds, long[] AttentionMask)
{
    /// <summary>Pads texts to a common length.</summary>
    /// <param name="texts">The texts, B of them.</param>
    /// <param name="padId">The tokenizer's <see cref="ITokenizer.PadId"/>.</param>
    /// <returns>The batch; T is 0 when there are no texts.</returns>
    public static EncodedBatch Pad(IReadOnlyList<EncodedText> texts, int padId)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var columns = texts.Count == 0 ? 0 : texts.Max(text => text.Ids.Length);
        var (ids, types, mask) = (new long[texts.Count * columns], new long[texts.Count * columns], new long[texts.Count * columns]);
        Array.Fill(ids, padId);
        for (var row = 0; row < texts.Count; row++)
        {
            var text = texts[row];
            for (var column = 0; column < text.Ids.Length; column++)
            {
                var at = row * columns + column;
                (ids[at], types[at], mask[at]) = (text.Ids[column], text.TypeIds[column], text.AttentionMask[column]);
            }
        }
        return new EncodedBatch(texts.Count, columns, ids, types, mask);
    }
}
