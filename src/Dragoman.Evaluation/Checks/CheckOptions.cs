using Dragoman.Text.Languages.Identification;

namespace Dragoman.Evaluation.Checks;

/// <summary>What to look for in a collection.</summary>
public sealed record CheckOptions
{
    /// <summary>How many examples of each finding to keep, 0 or more.</summary>
    /// <value>5 by default.</value>
    public int Examples { get; init; } = 5;

    /// <summary>Least Jaccard similarity of character shingles that makes two texts near-duplicates, above 0.5, at most 1.</summary>
    /// <value>0.8 by default.</value>
    public double NearDuplicate { get; init; } = 0.8;

    /// <summary>From how many characters on a passage counts as very long, 1 or more.</summary>
    /// <value>20,000 by default.</value>
    public int LongCharacters { get; init; } = 20_000;

    /// <summary>Seed of the hash functions that candidates for near-duplicates are found with.</summary>
    /// <value>1 by default.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Checks language labels; null leaves them unchecked.</summary>
    /// <value>The identifier that ships.</value>
    public LanguageIdentifier? Identifier { get; init; } = LanguageIdentifier.Shipped;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Examples < 0) yield return $"Examples is {Examples}; use 0 or more.";
        if (!(NearDuplicate is > 0.5 and <= 1)) yield return FormattableString.Invariant($"NearDuplicate is {NearDuplicate}; use a value above 0.5, at most 1.");
        if (LongCharacters < 1) yield return $"LongCharacters is {LongCharacters}; use 1 or more.";
    }
}
