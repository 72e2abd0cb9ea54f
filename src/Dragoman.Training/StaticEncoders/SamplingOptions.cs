namespace Dragoman.Training.StaticEncoders;

/// <summary>How pairs of texts are drawn from parallel rows.</summary>
public sealed record SamplingOptions
{
    /// <summary>Pairs in a batch, before duplicates of a row are dropped; 2 or more.</summary>
    /// <value>2048 by default.</value>
    public int BatchPairs { get; init; } = 2048;

    /// <summary>Share of a text's tokens left out at random, within [0, 1).</summary>
    /// <value>0.15 by default.</value>
    public double TokenDropout { get; init; } = 0.15;

    /// <summary>
    /// Exponent s of the languages' weights count^-s when two cells of a row are drawn: 0 draws them alike, 1 in inverse proportion to their frequency.
    /// </summary>
    /// <value>0.5 by default.</value>
    public double LanguageSmoothing { get; init; } = 0.5;

    /// <summary>
    /// Share of pairs made to look like a query and its passage: the second text is joined by one to three texts that follow it in its source, in the same
    /// language, and the first loses <see cref="QueryDropout"/> of its tokens. Within [0, 1].
    /// </summary>
    /// <value>0 by default.</value>
    public double PassageShare { get; init; }

    /// <summary>Share of tokens left out of the query of such a pair, within [0, 1).</summary>
    /// <value>0.3 by default.</value>
    public double QueryDropout { get; init; } = 0.3;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (BatchPairs < 2) yield return $"batch_pairs is {BatchPairs}; use 2 or more.";
        if (!(TokenDropout is >= 0 and < 1)) yield return $"token_dropout is {TokenDropout}; use a value from 0 to below 1.";
        if (!(LanguageSmoothing is >= 0 and <= 2)) yield return $"language_smoothing is {LanguageSmoothing}; use a value from 0 to 2.";
        if (!(PassageShare is >= 0 and <= 1)) yield return $"passage_share is {PassageShare}; use a value from 0 to 1.";
        if (!(QueryDropout is >= 0 and < 1)) yield return $"query_dropout is {QueryDropout}; use a value from 0 to below 1.";
    }
}
