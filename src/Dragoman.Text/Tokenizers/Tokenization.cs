namespace Dragoman.Text.Tokenizers;

/// <summary>The tokens of one text without special tokens around it.</summary>
/// <param name="Tokens">The tokens as the model's vocabulary spells them; an unknown SentencePiece token shows its text, an unknown WordPiece is the unknown token.</param>
/// <param name="Ids">The ids of the tokens, as many as there are tokens.</param>
public sealed record Tokenization(IReadOnlyList<string> Tokens, IReadOnlyList<int> Ids);
