namespace Dragoman.Text.Languages;

/// <summary>The direction of lines of text.</summary>
public enum WritingDirection
{
    /// <summary>Left to right, <c>dir="ltr"</c> in HTML.</summary>
    LeftToRight,

    /// <summary>Right to left, <c>dir="rtl"</c> in HTML.</summary>
    RightToLeft,
}
