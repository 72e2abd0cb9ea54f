using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>The passages of an index that take part in a retrieval.</summary>
internal sealed class PassageSelection
{
    private readonly HashSet<int> _excluded;

    private PassageSelection(IndexPartition[] partitions, HashSet<int> excluded, PassageFilter? filter)
    {
        Filter = filter;
        Partitions = partitions;
        _excluded = excluded;
    }

    /// <summary>The parts of the index in the languages that take part.</summary>
    internal IReadOnlyList<IndexPartition> Partitions { get; }

    /// <summary>The only passages that may be found; null for all.</summary>
    internal PassageFilter? Filter { get; }

    /// <summary>Whether a passage of one of the partitions is neither deleted nor left out by its id.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="passage">The passage's number in it.</param>
    internal bool Admits(IndexPartition partition, int passage) =>
        !(partition.HasDeleted && partition.IsDeleted(passage)) && (_excluded.Count == 0 || !_excluded.Contains(partition.FirstOrdinal + passage)) && Filter?.Contains(partition.FirstOrdinal + passage) != false;

    /// <summary>Whether all passages of a partition take part.</summary>
    internal bool AdmitsAll(IndexPartition partition) => !partition.HasDeleted && _excluded.Count == 0 && Filter is null;

    /// <summary>Applies options to an index.</summary>
    /// <exception cref="ConfigurationException">The depth is less than 1, a language is not in the index, or none is left.</exception>
    internal static PassageSelection Of(SearchIndex index, RetrievalOptions options)
    {
        if (options.Filter is { } filter && filter.Index != index) throw new ArgumentException("The filter was made for another index.", nameof(options));
        var tags = index.Passages.Languages;
        var problems = new List<string>();
        if (options.Depth < 1) problems.Add($"the depth is {options.Depth}; use 1 or more.");
        var wanted = options.Languages is null ? null : Parse(options.Languages, problems);
        var unwanted = Parse(options.ExcludedLanguages, problems);
        if (options.Breadth < 1) problems.Add($"the breadth is {options.Breadth}; use 1 or more.");
        var absent = unwanted.Concat(wanted ?? []).Where(tag => !tags.Contains(tag)).ToArray();
        if (absent.Length > 0)
            problems.Add($"no passage of index {index.FolderPath} is in {string.Join(", ", absent)}; it holds {string.Join(", ", tags.Order(StringComparer.Ordinal))}.");
        var languages = tags.Select(tag => wanted?.Contains(tag) != false && !unwanted.Contains(tag)).ToArray();
        if (problems.Count == 0 && !languages.Contains(true)) problems.Add("no language is left to search; name at least one that is not excluded.");
        if (problems.Count > 0) throw new ConfigurationException("Retrieval", problems);
        var excluded = new HashSet<int>();
        foreach (var id in options.ExcludedPassageIds)
        {
            if (index.Passages.TryFind(id, out var ordinal)) excluded.Add(ordinal);
        }
        return new PassageSelection(index.Terms.Partitions(languages), excluded, options.Filter);
    }

    /// <summary>The tags in their usual spelling.</summary>
    private static HashSet<string> Parse(IEnumerable<string> tags, List<string> problems)
    {
        var parsed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in tags)
        {
            if (LanguageTag.TryParse(text, out var tag, out var problem)) parsed.Add(tag.Value);
            else problems.Add(problem);
        }
        return parsed;
    }
}
