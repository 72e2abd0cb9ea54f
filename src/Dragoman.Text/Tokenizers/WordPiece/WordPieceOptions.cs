namespace Dragoman.Text.Tokenizers.WordPiece;

/// <summary>How text is prepared before it is matched against the vocabulary (the options of transformers' <c>BasicTokenizer</c>).</summary>
/// <param name="LowerCase">Whether text is lower-cased.</param>
/// <param name="StripAccents">Whether combining marks are removed after canonical decomposition.</param>
/// <param name="SplitChineseCharacters">Whether every CJK ideograph is a word of its own.</param>
internal sealed record WordPieceOptions(bool LowerCase, bool StripAccents, bool SplitChineseCharacters);
