namespace Dragoman.Text.Tokenizers;

/// <summary>A text, or a pair of texts, as a model reads it: with special tokens, T tokens long, not padded.</summary>
/// <param name="Ids">Token ids, shape [T].</param>
/// <param name="TypeIds">0 for the first text and 1 for the second where the model tells them apart, else 0, shape [T].</param>
/// <param name="AttentionMask">1 for every token, shape [T]; <see cref="EncodedBatch"/> adds zeros for padding.</param>
/// <param name="FirstTokens">How many tokens of the first text were kept.</param>
/// <param name="SecondTokens">How many tokens of the second text were kept; 0 without one.</param>
public sealed record EncodedText(int[] Ids, int[] TypeIds, int[] AttentionMask, int FirstTokens, int SecondTokens);
