namespace Dragoman.Collections;

/// <summary>
/// P(target term given source term), as probabilistic structured queries use it. Immutable and thread-safe; 8 bytes an entry, and every distinct term once.
/// </summary>
public sealed class TranslationTable
{
    private readonly int[] _offsets, _targets;
    private readonly float[] _probabilities;

    internal TranslationTable(IdTable sources, IdTable targets, int[] offsets, int[] entries, float[] probabilities)
    {
        (Sources, Targets) = (sources, targets);
        (_offsets, _targets, _probabilities) = (offsets, entries, probabilities);
    }

    /// <summary>The source terms, in the order of the file.</summary>
    public IdTable Sources { get; }

    /// <summary>The target terms; the numbers in <see cref="TargetsAt"/> refer to it.</summary>
    public IdTable Targets { get; }

    /// <summary>Translations over all source terms.</summary>
    public int EntryCount => _targets.Length;

    /// <summary>How many source terms had probabilities that sum to more than 1.001 when the table was read, before any cut.</summary>
    public int SourcesAboveOne { get; init; }

    /// <summary>The translations of a source term as numbers into <see cref="Targets"/>, most probable first, ties by the term's bytes.</summary>
    /// <param name="source">Number of the term in <see cref="Sources"/>.</param>
    public ReadOnlySpan<int> TargetsAt(int source) => _targets.AsSpan(_offsets[source].._offsets[source + 1]);

    /// <summary>The probabilities that go with <see cref="TargetsAt"/>, above 0 and at most 1, descending.</summary>
    /// <param name="source">Number of the term in <see cref="Sources"/>.</param>
    public ReadOnlySpan<float> ProbabilitiesAt(int source) => _probabilities.AsSpan(_offsets[source].._offsets[source + 1]);

    /// <summary>The translations of a source term, most probable first; empty when it has none.</summary>
    /// <param name="source">The term.</param>
    public IReadOnlyList<Translation> TranslationsOf(string source)
    {
        var index = Sources.IndexOf(source);
        if (index < 0) return [];
        var translations = new Translation[TargetsAt(index).Length];
        for (var i = 0; i < translations.Length; i++) translations[i] = new Translation(Targets[TargetsAt(index)[i]], ProbabilitiesAt(index)[i]);
        return translations;
    }
}

/// <summary>A translation of a term.</summary>
/// <param name="Target">The target term.</param>
/// <param name="Probability">P(target given source), above 0 and at most 1.</param>
public readonly record struct Translation(string Target, float Probability);
