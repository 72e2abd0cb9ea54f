using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>Puts the weights of several segments together for the segment that their live passages were merged into, by copying: no table is needed. Bound to the order of <see cref="SegmentMerger"/>.</summary>
internal static class WeightsMerger
{
    /// <summary>Writes the weights of a merged segment.</summary>
    /// <param name="sources">What was merged, all with weights of the same settings, in the same order.</param>
    /// <param name="merged">The merged segment.</param>
    /// <param name="writer">Receives the weights.</param>
    /// <param name="cancellationToken">Stops between terms.</param>
    internal static void Merge(IReadOnlyList<LiveSegment> sources, SegmentReader merged, WeightsFileWriter writer, CancellationToken cancellationToken)
    {
        foreach (var language in merged.Description.Languages)
        {
            var numbers = NewNumbers(sources, language.Tag);
            var queryLanguages = sources.SelectMany(source => source.Weights!.Pairs).Where(pair => pair.Description.PassageLanguage == language.Tag)
                .Select(pair => pair.Description.QueryLanguage).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            foreach (var queryLanguage in queryLanguages)
            {
                var parts = sources.Zip(numbers, (source, mapped) => (Pair: source.Weights!.Find(language.Tag, queryLanguage), Mapped: mapped)).Where(part => part.Pair is not null);
                writer.Write(language.Tag, queryLanguage, language.Passages, [.. parts.Select(part => new WeightFileSource(part.Pair!, part.Mapped))], cancellationToken);
            }
        }
    }

    /// <summary>For every source, the new number of every passage in a language; -1 for deleted ones.</summary>
    private static List<int[]> NewNumbers(IReadOnlyList<LiveSegment> sources, string tag)
    {
        var (numbers, next) = (new List<int[]>(), 0);
        foreach (var source in sources)
        {
            var language = source.Reader.Description.Languages.Select(known => known.Tag).ToList().IndexOf(tag);
            var first = language < 0 ? 0 : source.Reader.FirstOf(language);
            var mapped = new int[language < 0 ? 0 : source.Reader.FirstOf(language + 1) - first];
            for (var passage = 0; passage < mapped.Length; passage++) mapped[passage] = source.IsDeleted(first + passage) ? -1 : next++;
            numbers.Add(mapped);
        }
        return numbers;
    }
}
