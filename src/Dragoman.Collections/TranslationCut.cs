namespace Dragoman.Collections;

/// <summary>Which translations of a term to keep. All conditions apply, in the order of the properties.</summary>
public sealed record TranslationCut
{
    /// <summary>Patapsco's cut (<c>normalize_psq_entry</c>): probabilities are normalised first and last, those of 1e-5 or less dropped, and the most probable kept until .97 is passed.</summary>
    public static TranslationCut Patapsco { get; } = new() { Normalise = true, MinProbability = 1e-5, CumulativeProbability = 0.97 };

    /// <summary>
    /// The cut of fast_psq's example: probabilities below 1e-4 dropped, the most probable kept until .99 of their sum is reached, 64 at most, then normalised.
    /// Deviation: the translation that reaches .99 is kept, so that a term with one translation keeps it.
    /// </summary>
    public static TranslationCut FastPsq { get; } = new() { Normalise = true, MinProbability = 1e-4, CumulativeProbability = 0.99, MaxAlternatives = 64 };

    /// <summary>Whether the probabilities of a term are divided by their sum, before and after the cut.</summary>
    /// <value>False by default.</value>
    public bool Normalise { get; init; }

    /// <summary>Translations of this probability or less are dropped, within 0 to 1.</summary>
    /// <value>0 by default.</value>
    public double MinProbability { get; init; }

    /// <summary>Keep the most probable translations until their sum passes this, the one that passes it included; above 0.</summary>
    /// <value>Null by default: no limit.</value>
    public double? CumulativeProbability { get; init; }

    /// <summary>Keep at most this many translations of a term, 1 or more.</summary>
    /// <value>Null by default: no limit.</value>
    public int? MaxAlternatives { get; init; }

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(MinProbability is >= 0 and < 1)) yield return $"TranslationCut.MinProbability is {MinProbability}; use 0 or more, below 1.";
        if (CumulativeProbability is { } sum && !(sum > 0)) yield return $"TranslationCut.CumulativeProbability is {sum}; use a value above 0.";
        if (MaxAlternatives < 1) yield return $"TranslationCut.MaxAlternatives is {MaxAlternatives}; use 1 or more.";
    }

    /// <summary>Cuts the translations of one term.</summary>
    /// <param name="sorted">Sorted by probability, descending.</param>
    internal List<Translation> Apply(List<Translation> sorted)
    {
        var scale = Normalise ? Sum(sorted) : 1;
        var kept = new List<Translation>();
        var cumulative = 0.0;
        foreach (var (target, value) in sorted)
        {
            var probability = value / scale;
            if (probability <= MinProbability || kept.Count >= (MaxAlternatives ?? int.MaxValue)) break;
            kept.Add(new Translation(target, (float)probability));
            cumulative += probability;
            if (cumulative > CumulativeProbability) break;
        }
        if (!Normalise || kept.Count == 0) return kept;
        var sum = Sum(kept);
        return kept.ConvertAll(translation => translation with { Probability = (float)Math.Min(1, translation.Probability / sum) });
    }

    private static double Sum(List<Translation> translations) => translations.Sum(translation => (double)translation.Probability);
}
