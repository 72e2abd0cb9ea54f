using Dragoman.Collections;

namespace Dragoman.Training.TranslationTables;

/// <summary>Turns two word-alignment models of a bitext into translation tables.</summary>
internal static class TableEstimator
{
    /// <summary>The table of P(translation | term), terms in ordinal order; the translations of a term sum to 1.</summary>
    /// <param name="bitext">The parallel text.</param>
    /// <param name="forward">The model of <see cref="AlignmentDirection.SourceToTarget"/>.</param>
    /// <param name="reverse">The model of <see cref="AlignmentDirection.TargetToSource"/>.</param>
    /// <param name="direction">Which side's terms are given: the source's for <see cref="AlignmentDirection.SourceToTarget"/>.</param>
    /// <param name="options">How.</param>
    internal static TranslationTable Table(Bitext bitext, WordAlignmentModel forward, WordAlignmentModel reverse, AlignmentDirection direction, TableOptions options)
    {
        var weights = options.Estimate == TableEstimate.Viterbi
            ? Links(bitext, forward, reverse, options.Symmetrisation)
            : Mean(bitext, forward.Counts, reverse.Counts, direction);
        return Table(bitext, weights, direction, options);
    }

    /// <summary>How often each entry is linked in the joined alignments, shape [entries].</summary>
    private static double[] Links(Bitext bitext, WordAlignmentModel forward, WordAlignmentModel reverse, SymmetrisationMethod method)
    {
        var counts = new long[bitext.EntryCount];
        Parallel.For(0, bitext.Count, pair =>
        {
            var sourceOfTarget = new int[bitext.Target(pair).Length];
            var targetOfSource = new int[bitext.Source(pair).Length];
            forward.Align(new DirectedPair(bitext, pair, AlignmentDirection.SourceToTarget), sourceOfTarget);
            reverse.Align(new DirectedPair(bitext, pair, AlignmentDirection.TargetToSource), targetOfSource);
            var links = Symmetrisation.Join(sourceOfTarget, targetOfSource, method);
            var entries = bitext.Entries(pair);
            for (var i = 0; i < targetOfSource.Length; i++)
                for (var j = 0; j < sourceOfTarget.Length; j++)
                    if (links[i, j]) Interlocked.Increment(ref counts[entries[(i * sourceOfTarget.Length) + j]]);
        });
        return Array.ConvertAll(counts, count => (double)count);
    }

    private static double[] Mean(Bitext bitext, double[] forward, double[] reverse, AlignmentDirection direction)
    {
        var given = Given(bitext, direction);
        var (ofForward, ofReverse) = (Shares(forward, given), Shares(reverse, given));
        for (var entry = 0; entry < ofForward.Length; entry++) ofForward[entry] = (ofForward[entry] + ofReverse[entry]) / 2;
        return ofForward;
    }

    private static double[] Shares(double[] counts, ReadOnlySpan<int> given)
    {
        var totals = new Dictionary<int, double>();
        for (var entry = 0; entry < counts.Length; entry++) totals[given[entry]] = totals.GetValueOrDefault(given[entry]) + counts[entry];
        var shares = new double[counts.Length];
        for (var entry = 0; entry < counts.Length; entry++) shares[entry] = totals[given[entry]] > 0 ? counts[entry] / totals[given[entry]] : 0;
        return shares;
    }

    private static TranslationTable Table(Bitext bitext, double[] weights, AlignmentDirection direction, TableOptions options)
    {
        var forward = direction == AlignmentDirection.SourceToTarget;
        var (terms, translations) = forward ? (bitext.SourceTerms, bitext.TargetTerms) : (bitext.TargetTerms, bitext.SourceTerms);
        var given = Given(bitext, direction);
        var other = forward ? bitext.TargetOfEntry : bitext.SourceOfEntry;
        var rows = new List<(string Term, double Weight)>?[terms.Count];
        for (var entry = 0; entry < weights.Length; entry++)
        {
            if (weights[entry] <= 0) continue;
            (rows[given[entry]] ??= []).Add((translations[other[entry]], weights[entry]));
        }
        var occurrences = Occurrences(bitext, forward, terms.Count);
        var table = new TranslationTableBuilder();
        foreach (var term in Enumerable.Range(0, rows.Length).Where(term => occurrences[term] >= options.MinCount).OrderBy(term => terms[term], StringComparer.Ordinal))
        {
            if (rows[term] is { } row) table.Add(terms[term], Prune(row, options));
        }
        return table.Build();
    }

    /// <summary>Keeps the most probable translations and lets them sum to 1; the best one always stays.</summary>
    private static IEnumerable<Translation> Prune(List<(string Term, double Weight)> row, TableOptions options)
    {
        var total = row.Sum(translation => translation.Weight);
        row.Sort((left, right) => left.Weight != right.Weight ? right.Weight.CompareTo(left.Weight) : string.CompareOrdinal(left.Term, right.Term));
        var count = 1;
        while (count < row.Count && count < options.MaxTranslations && row[count].Weight / total >= options.MinProbability) count++;
        var kept = row[..count];
        var keptTotal = kept.Sum(translation => translation.Weight);
        return kept.Select(translation => new Translation(translation.Term, (float)Math.Min(1, translation.Weight / keptTotal)));
    }

    private static ReadOnlySpan<int> Given(Bitext bitext, AlignmentDirection direction) =>
        direction == AlignmentDirection.SourceToTarget ? bitext.SourceOfEntry : bitext.TargetOfEntry;

    private static int[] Occurrences(Bitext bitext, bool source, int terms)
    {
        var counts = new int[terms];
        for (var pair = 0; pair < bitext.Count; pair++)
            foreach (var term in source ? bitext.Source(pair) : bitext.Target(pair)) counts[term]++;
        return counts;
    }
}
