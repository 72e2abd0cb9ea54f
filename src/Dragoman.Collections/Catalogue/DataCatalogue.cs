using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Catalogue;

/// <summary>Data sets and models that can be fetched by name: those that Dragoman knows, and those of catalogue files of one's own.</summary>
public sealed class DataCatalogue
{
    private const int CollapsedFrom = 25, NearestNames = 3;
    private readonly List<EntryTemplate> _templates;

    private DataCatalogue(List<EntryTemplate> templates) => _templates = templates;

    /// <summary>The catalogue that Dragoman comes with.</summary>
    public static DataCatalogue BuiltIn()
    {
        var assembly = typeof(DataCatalogue).Assembly;
        var resources = assembly.GetManifestResourceNames().Where(name => name.Contains(".Catalogue.Families.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var templates = new List<EntryTemplate>();
        foreach (var resource in resources)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            templates.AddRange(Templates(resource, stream));
        }
        return new DataCatalogue(templates);
    }

    /// <summary>Adds the entries of a catalogue file; where names meet, the file's entry is the one that is found.</summary>
    /// <param name="path">The file, JSON.</param>
    /// <exception cref="DragomanException">There is no such file, or it is not JSON of the right shape.</exception>
    /// <exception cref="ConfigurationException">Its entries cannot be used; every problem is named.</exception>
    public DataCatalogue With(string path)
    {
        using var stream = Storage.Utf8LineReader.Open(path);
        return new DataCatalogue([.. Templates(path, stream), .. _templates]);
    }

    /// <summary>The entry of a name; null when there is none.</summary>
    /// <param name="name">The whole name: <c>clirmatrix/zh-kk/base</c>.</param>
    public CatalogueEntry? FindOrNull(string name) => _templates.Select(template => template.Find(name)).FirstOrDefault(entry => entry is not null);

    /// <summary>The entry of a name.</summary>
    /// <param name="name">The whole name: <c>clirmatrix/zh-kk/base</c>.</param>
    /// <exception cref="DragomanException">There is none; the message has the nearest names.</exception>
    public CatalogueEntry Find(string name) =>
        FindOrNull(name) ?? throw new DragomanException($"'{name}' is not in the catalogue; nearest are {string.Join(", ", Nearest(name))}. 'dragoman data list' shows what there is.");

    /// <summary>The names of all entries.</summary>
    public IEnumerable<string> Names() => _templates.SelectMany(template => template.Names()).Distinct(StringComparer.Ordinal);

    /// <summary>The publications.</summary>
    public IReadOnlyList<CatalogueRow> Families() =>
        [.. _templates.GroupBy(template => template.Family, StringComparer.Ordinal).Select(family => new CatalogueRow(family.Key, family.First().FamilyTitle, family.Sum(template => template.Count), null))];

    /// <summary>The entries whose name or title has every word of a filter.</summary>
    /// <param name="filter">Words, separated by blanks; capital letters do not matter. Empty for everything.</param>
    /// <param name="all">Every entry by itself; else many entries of one kind are one row.</param>
    public IReadOnlyList<CatalogueRow> List(string filter, bool all)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. _templates.SelectMany(template => Rows(template, words, all)).DistinctBy(row => row.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<CatalogueRow> Rows(EntryTemplate template, string[] words, bool all)
    {
        var names = template.Names().Where(name => words.All(word => Has(name, word) || Has(template.Title, word))).ToList();
        if (names.Count < CollapsedFrom || !template.IsMany || all)
            return names.Select(name => template.Find(name)!).Select(entry => new CatalogueRow(entry.Name, entry.Title, 1, entry));
        return [new CatalogueRow(template.Pattern, template.Title, names.Count, null)];
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Nearest(string name) =>
        Names().Select(known => (known, Distance: NameDistance.Between(name, known))).OrderBy(pair => pair.Distance).ThenBy(pair => pair.known, StringComparer.Ordinal).Take(NearestNames).Select(pair => pair.known);

    private static IEnumerable<EntryTemplate> Templates(string path, Stream stream)
    {
        var family = FamilyReader.Read(path, stream);
        return family.Entries.Select(entry => new EntryTemplate(family, entry));
    }
}

/// <summary>A line of a catalogue's list.</summary>
/// <param name="Name">The entry's name; with places such as <c>{query}</c> when the row is for several, or the publication's.</param>
/// <param name="Title">What it is.</param>
/// <param name="Count">How many entries the row is for.</param>
/// <param name="Entry">The entry when the row is for one.</param>
public sealed record CatalogueRow(string Name, string Title, int Count, CatalogueEntry? Entry);
