namespace Dragoman.Text.Tokenizers;

/// <summary>Which text loses tokens when a pair does not fit. Tokens are always taken from the end of a text.</summary>
public enum Truncation
{
    /// <summary>One token at a time from the longer text, from the second when both are equally long (transformers' <c>longest_first</c>).</summary>
    LongestFirst,

    /// <summary>Only the second text is shortened, and keeps at least one token (transformers' <c>only_second</c>).</summary>
    OnlySecond,
}
