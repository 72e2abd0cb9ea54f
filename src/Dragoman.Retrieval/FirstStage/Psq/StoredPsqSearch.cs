using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>Ranks passages by the PSQ-HMM weights that an index holds: a sum over the query's terms, with exact pruning. Thread-safe.</summary>
/// <param name="index">The index.</param>
/// <param name="tables">The tables asked for.</param>
/// <param name="translations">Gives what stands for what.</param>
/// <param name="vocabulary">Gives what is written or sounds like a term that no table knows.</param>
/// <param name="options">The model asked for.</param>
/// <param name="cut">The translations asked for.</param>
internal sealed class StoredPsqSearch(SearchIndex index, TranslationFolder tables, TranslationProvider translations, OpenVocabulary vocabulary, PsqOptions options, TranslationCut cut)
{
    private readonly ConcurrentDictionary<string, string?> _misfits = new(StringComparer.Ordinal);

    /// <summary>Why the weights of the index do not serve for queries in a language, as a clause; null when they do.</summary>
    internal string? Misfit(string queryLanguage) => _misfits.GetOrAdd(queryLanguage, FindMisfit);

    /// <summary>
    /// The best passages for a query in a language that the weights serve for; null when a term that the weights do not hold meets several terms of passages (Tesla and Тесла), whose postings only query time joins.
    /// </summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="queryLanguage">Its language.</param>
    /// <param name="depth">Number of passages at most.</param>
    /// <param name="selection">The passages that take part.</param>
    /// <param name="exhaustive">Whether to score every passage with a query term, for comparison; null for what takes less time.</param>
    internal RankedPassage[]? Rank(IReadOnlyList<WeightedTerm> terms, string queryLanguage, int depth, PassageSelection selection, bool? exhaustive)
    {
        var top = new TopPassages(depth, index.Passages);
        var forms = terms.Select(term => TermForm.Of(term.Term)).ToArray();
        // By language, so that it does not depend on how the passages lie in partitions.
        var met = new Dictionary<(string Language, int Place), string>();
        var prepared = new List<(IndexPartition Partition, PreparedQuery Query)>();
        foreach (var partition in selection.Partitions)
        {
            if (Prepare(terms, forms, queryLanguage, partition, met) is not { } query) return null;
            prepared.Add((partition, query));
        }
        foreach (var (partition, query) in prepared) new PartitionSearch(partition, query, selection, top).Run(exhaustive);
        return top.Take();
    }

    private PreparedQuery? Prepare(IReadOnlyList<WeightedTerm> terms, byte[][] forms, string queryLanguage, IndexPartition partition, Dictionary<(string Language, int Place), string> met)
    {
        var weights = queryLanguage == partition.Tag ? null : partition.WeightsFor(queryLanguage);
        var prepared = new List<PreparedTerm>();
        for (var place = 0; place < terms.Count; place++)
        {
            if (weights is not null && weights.Terms.TryFind(forms[place], out var entry))
            {
                prepared.Add(new PreparedTerm(new StoredPsqWeight(terms[place].Weight), [new PartitionTerm(partition, entry, entry.Passages, entry.Passages) { Weights = weights }]));
                continue;
            }
            // The tables do not know the term, or there are none, or they are not needed.
            foreach (var match in vocabulary.Of(terms[place].Term, queryLanguage, partition))
            {
                if (!partition.TryFind(TermForm.Of(match.PassageTerm), out var found) || found.LivePassages == 0) continue;
                if (!met.TryAdd((partition.Tag, place), match.PassageTerm) && met[(partition.Tag, place)] != match.PassageTerm) return null;
                prepared.Add(new PreparedTerm(new ComputedPsqWeight(terms[place].Weight, match.Probability, options.Background, translations.Counts(queryLanguage).Probability(terms[place].Term)), [found]));
            }
        }
        return PreparedQuery.Of(prepared);
    }

    private string? FindMisfit(string queryLanguage)
    {
        if (index.Manifest.Weights?.Settings is not { } stored) return "the index holds none";
        if (options.Model != PsqModel.Hmm) return "they are those of PSQ-HMM";
        if (!stored.QueryLanguages.Contains(queryLanguage, StringComparer.Ordinal)) return $"they are for queries in {string.Join(", ", stored.QueryLanguages)}, not in {queryLanguage}";
        var asked = stored with { Background = options.Background, Identity = options.Identity, Transliteration = options.Transliteration, BackOff = options.BackOff, Cut = cut, LeastWeight = PsqWeigher.LeastWeight };
        if (stored.OptionDifference(asked) is { } difference) return difference;
        foreach (var language in index.Passages.Languages.Where(language => language != queryLanguage))
        {
            var made = stored.Tables.GetValueOrDefault(TermWeightSettings.Pair(language, queryLanguage));
            if (made != (translations.Has(queryLanguage, language) ? tables.TableFingerprint(language, queryLanguage) : null))
                return $"the table from {language} to {queryLanguage} in {tables.FolderPath} is another one than they were made from";
        }
        return stored.Counts.GetValueOrDefault(queryLanguage) == tables.CountsFingerprint(queryLanguage) ? null : $"the term counts of {queryLanguage} in {tables.FolderPath} are others than they were made from";
    }
}
