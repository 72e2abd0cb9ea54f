namespace Dragoman.Retrieval.Translators.Passages;

/// <summary>What of a collection is translated, and how much at once.</summary>
public sealed record PassageTranslatorOptions
{
    /// <summary>The language to translate into, a BCP 47 tag.</summary>
    public required string To { get; init; }

    /// <summary>Only passages in these languages are translated; the others stay as they are.</summary>
    /// <value>Null by default: all that are not in <see cref="To"/>.</value>
    public IReadOnlyCollection<string>? From { get; init; }

    /// <summary>Passages that the translator gets at once, 1 or more.</summary>
    /// <value>100 by default.</value>
    public int Batch { get; init; } = 100;

    /// <summary>Batches that are translated at the same time, 1 or more.</summary>
    /// <value>1 by default.</value>
    public int Parallel { get; init; } = 1;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Batch < 1) yield return FormattableString.Invariant($"The batch is {Batch}; use 1 or more.");
        if (Parallel < 1) yield return FormattableString.Invariant($"{Parallel} batches at the same time are asked for; use 1 or more.");
        if (From?.Contains(To) == true) yield return $"{To} is both translated from and into; leave it out of the languages to translate from.";
    }
}
