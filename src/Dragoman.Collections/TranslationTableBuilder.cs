using System.Text;

namespace Dragoman.Collections;

/// <summary>Gathers translations, cuts and sorts them, and makes a <see cref="TranslationTable"/>. Not thread-safe.</summary>
/// <param name="cut">Which translations to keep; null for all.</param>
public sealed class TranslationTableBuilder(TranslationCut? cut = null)
{
    private const double SumTolerance = 1e-3;
    private readonly IdTable _sources = new(), _targets = new();
    private readonly List<int> _offsets = [0], _entries = [];
    private readonly List<float> _probabilities = [];
    private int _aboveOne;

    /// <summary>Adds a source term with its translations; one that keeps none is left out.</summary>
    /// <param name="source">The term; once.</param>
    /// <param name="translations">Its translations in any order, each target once; a probability of 0 is no translation.</param>
    /// <exception cref="ArgumentException">The term was added before, or a probability is not within 0 to 1.</exception>
    public void Add(string source, IEnumerable<Translation> translations)
    {
        var sorted = translations.Where(translation => translation.Probability != 0).ToList();
        if (sorted.Any(translation => !(translation.Probability is > 0 and <= 1))) throw new ArgumentException($"A probability of {source} is not within 0 to 1.", nameof(translations));
        if (_sources.IndexOf(source) >= 0) throw new ArgumentException($"The term {source} was added before.", nameof(source));
        sorted.Sort((left, right) => right.Probability.CompareTo(left.Probability) is not 0 and var order ? order : CompareBytes(left.Target, right.Target));
        if (sorted.Sum(translation => (double)translation.Probability) > 1 + SumTolerance) _aboveOne++;
        var kept = cut?.Apply(sorted) ?? sorted;
        if (kept.Count == 0) return;
        _sources.Add(source);
        foreach (var (target, probability) in kept)
        {
            _entries.Add(_targets.Add(target));
            _probabilities.Add(probability);
        }
        _offsets.Add(_entries.Count);
    }

    /// <summary>Whether a source term was added and kept.</summary>
    /// <param name="source">The term.</param>
    public bool Contains(string source) => _sources.IndexOf(source) >= 0;

    /// <summary>Makes the table.</summary>
    public TranslationTable Build() => new(_sources, _targets, [.. _offsets], [.. _entries], [.. _probabilities]) { SourcesAboveOne = _aboveOne };

    private static int CompareBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
