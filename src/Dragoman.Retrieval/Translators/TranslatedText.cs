namespace Dragoman.Retrieval.Translators;

/// <summary>A text's translation, piece by piece. A system that translates whole texts gives one piece; a table or dictionary gives one for each word or phrase.</summary>
/// <param name="Pieces">The pieces, in the order of the text.</param>
public sealed record TranslatedText(IReadOnlyList<TranslatedPiece> Pieces)
{
    /// <summary>Why there is no translation of this text, in words that follow the text's name: <c>came back empty</c>; null when there is one.</summary>
    /// <value>Null by default.</value>
    public string? Problem { get; init; }

    /// <summary>The translation as one text: every piece's translations, separated by spaces.</summary>
    public string Text => Pieces.Count == 1 && Pieces[0].Alternatives.Count == 1 ? Pieces[0].Alternatives[0].Text : string.Join(' ', Pieces.SelectMany(piece => piece.Alternatives).Select(alternative => alternative.Text));

    /// <summary>A text translated whole.</summary>
    /// <param name="source">The text.</param>
    /// <param name="translation">Its translation.</param>
    public static TranslatedText Whole(string source, string translation) => new([new TranslatedPiece(source, [new WeightedAlternative(translation, 1)], true)]);

    /// <summary>A text that could not be translated.</summary>
    /// <param name="problem">Why, in words that follow the text's name.</param>
    public static TranslatedText Failed(string problem) => new([]) { Problem = problem };
}

/// <summary>A part of a text with its translations.</summary>
/// <param name="Source">The part, as it was looked up.</param>
/// <param name="Alternatives">Its translations, best first, at least one; their weights sum to 1.</param>
/// <param name="IsKnown">False where there was no translation and the part stands for itself, as names and numbers do.</param>
public sealed record TranslatedPiece(string Source, IReadOnlyList<WeightedAlternative> Alternatives, bool IsKnown)
{
    /// <summary>A part without a translation: it stands for itself.</summary>
    /// <param name="source">The part.</param>
    public static TranslatedPiece Unknown(string source) => new(source, [new WeightedAlternative(source, 1)], false);
}

/// <summary>One of several translations.</summary>
/// <param name="Text">The translation: text, or a term where <see cref="ITranslator.TermsOf"/> says so.</param>
/// <param name="Weight">Its share, above 0 and at most 1.</param>
public readonly record struct WeightedAlternative(string Text, double Weight);
