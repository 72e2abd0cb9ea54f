using System.Collections.Concurrent;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>
/// Which passage terms stand for a query term, beyond the translations of the table: those that sound like it (<see cref="SoundIndex"/>), and those that no row knows but a near one speaks for
/// (<see cref="NearestRows"/>). What it needs of a partition's terms is made by one pass over them when it is first asked for, and kept as long as this object. Thread-safe.
/// </summary>
/// <param name="translations">The tables.</param>
/// <param name="options">How probable these are.</param>
/// <remarks><see cref="TermTranslations.MeaningsOf"/> gives the same pairs from the other side, for weights made when an index is built.</remarks>
internal sealed class OpenVocabulary(TranslationProvider translations, PsqOptions options)
{
    private readonly ConcurrentDictionary<IndexPartition, Lazy<SoundIndex>> _sounds = new();
    private readonly ConcurrentDictionary<(IndexPartition Partition, string QueryLanguage), Lazy<BackOffTerms>> _backOff = new();

    /// <summary>The passage terms of a partition that may stand for a query term, each once with the most probable reason.</summary>
    /// <param name="queryTerm">The query term.</param>
    /// <param name="queryLanguage">Its language.</param>
    /// <param name="partition">The passages.</param>
    internal IReadOnlyCollection<TermMatch> Of(string queryTerm, string queryLanguage, IndexPartition partition)
    {
        var known = translations.Between(queryLanguage, partition.Tag);
        if (queryLanguage == partition.Tag) return [.. known.Of(queryTerm)];
        var matches = new OrderedDictionary<string, TermMatch>(StringComparer.Ordinal);
        foreach (var match in known.Of(queryTerm)) matches[match.PassageTerm] = match;
        if (options.BackOff > 0 && known.NearestRows?.Value is { } rows) AddBackOff(queryTerm, matches, _backOff.GetOrAdd((partition, queryLanguage), _ => new(() => new BackOffTerms(partition, rows))).Value);
        if (options.Transliteration > 0)
        {
            foreach (var term in _sounds.GetOrAdd(partition, _ => new(() => new SoundIndex(partition.Terms(), partition.TermAt, partition.Tag))).Value.Of(queryTerm, queryLanguage))
                Add(matches, new TermMatch(term, options.Transliteration, PsqMatchKind.Transliteration));
        }
        return matches.Values;
    }

    private void AddBackOff(string queryTerm, OrderedDictionary<string, TermMatch> matches, BackOffTerms terms)
    {
        var sums = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in matches.Values.Where(match => match.Kind == PsqMatchKind.Table).ToArray())
        {
            foreach (var (term, rows) in terms.Of(row.PassageTerm)) sums[term] = sums.GetValueOrDefault(term) + (options.BackOff / rows * row.Probability);
        }
        foreach (var (term, probability) in sums) Add(matches, new TermMatch(term, probability, PsqMatchKind.BackOff));
    }

    private static void Add(OrderedDictionary<string, TermMatch> matches, TermMatch match)
    {
        if (!matches.TryGetValue(match.PassageTerm, out var other) || other.Probability < match.Probability) matches[match.PassageTerm] = match;
    }
}

/// <summary>A passage term that stands for a query term.</summary>
/// <param name="PassageTerm">The passage term.</param>
/// <param name="Probability">Its probability, as the model has it.</param>
/// <param name="Kind">Why.</param>
internal readonly record struct TermMatch(string PassageTerm, double Probability, PsqMatchKind Kind);
