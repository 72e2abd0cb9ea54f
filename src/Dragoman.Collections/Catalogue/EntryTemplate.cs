using System.Text.RegularExpressions;
using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Catalogue;

/// <summary>What a catalogue file says of an entry, or of as many as there are languages or pairs of languages; entries are made when asked for.</summary>
internal sealed class EntryTemplate
{
    private readonly FamilyDocument _family;
    private readonly EntryDocument _entry;
    private readonly Regex _name;

    internal EntryTemplate(FamilyDocument family, EntryDocument entry)
    {
        (_family, _entry) = (family, entry);
        var pattern = Regex.Escape(entry.Name).Replace("\\{", "{", StringComparison.Ordinal);
        foreach (var (place, values) in ((string, string[]?)[])[("language", entry.Languages), ("query", entry.Pairs), ("document", entry.Pairs)])
            pattern = pattern.Replace($"{{{place}}}", $"(?<{place}>{string.Join('|', (values ?? []).Select(Regex.Escape))})", StringComparison.Ordinal);
        _name = new Regex($"^{pattern}$", RegexOptions.CultureInvariant);
    }

    /// <summary>The publication's name.</summary>
    internal string Family => _family.Family;

    /// <summary>What the publication is.</summary>
    internal string FamilyTitle => _family.Title;

    /// <summary>The name with its places, as help shows it: <c>clirmatrix/{query}-{document}/base</c>.</summary>
    internal string Pattern => _entry.Name;

    /// <summary>What its entries are.</summary>
    internal string Title => _entry.Title;

    /// <summary>Whether it stands for several entries.</summary>
    internal bool IsMany => _entry.Languages is not null || _entry.Pairs is not null;

    /// <summary>How many entries it stands for.</summary>
    internal int Count => _entry.Languages?.Length ?? _entry.Pairs?.Length * (_entry.Pairs?.Length - 1) ?? 1;

    /// <summary>The names of its entries, in the order of the languages.</summary>
    internal IEnumerable<string> Names() => Bindings().Select(binding => binding.Apply(_entry.Name));

    /// <summary>The entry of a name; null when the name is not one of its own.</summary>
    internal CatalogueEntry? Find(string name)
    {
        var match = _name.Match(name);
        if (!match.Success) return null;
        var binding = new Binding(match.Groups["language"].Value, match.Groups["query"].Value, match.Groups["document"].Value);
        return _entry.Pairs is not null && binding.Query == binding.Document ? null : Entry(binding);
    }

    private IEnumerable<Binding> Bindings()
    {
        if (_entry.Languages is { } languages) return languages.Select(language => new Binding(language, "", ""));
        if (_entry.Pairs is not { } pairs) return [new Binding("", "", "")];
        return from query in pairs from document in pairs where query != document select new Binding("", query, document);
    }

    private CatalogueEntry Entry(Binding binding) => new()
    {
        Name = binding.Apply(_entry.Name),
        Family = _family.Family,
        Title = binding.Apply(_entry.Title),
        Format = _entry.Format,
        Licence = _entry.Licence ?? _family.Licence,
        Citation = _entry.Citation ?? _family.Citation,
        Homepage = new Uri(_family.Homepage),
        Checksums = _family.Checksums ?? "",
        Sources = _family.Sources,
        Needs = [.. _entry.Needs.Select(binding.Apply)],
        Next = [.. _entry.Next.Select(binding.Apply)],
        Folders = [.. _entry.Folders.Select(binding.Apply)],
        Index = _entry.Files.Any(file => file.Indexed is not null) && _family.Index is { } index ? File(index, binding) : null,
        Files = [.. _entry.Files.Select(file => File(file, binding))],
    };

    private static CatalogueFile File(FileDocument file, Binding binding) => new()
    {
        Path = binding.Apply(file.Path),
        Url = file.Url is null ? null : new Uri(binding.Apply(file.Url)),
        Bytes = file.Bytes,
        ApproximateBytes = file.About,
        Checksum = ChecksumOf(file),
        Indexed = file.Indexed is [var section, var key] ? new IndexKey(section, binding.Apply(key)) : null,
    };

    /// <summary>The strongest of the checksums that are written.</summary>
    private static Checksum? ChecksumOf(FileDocument file)
    {
        if (file.Sha256 is not null) return new Checksum(ChecksumKind.Sha256, file.Sha256);
        if (file.Sha1 is not null) return new Checksum(ChecksumKind.Sha1, file.Sha1);
        return file.Md5 is null ? null : new Checksum(ChecksumKind.Md5, file.Md5);
    }

    private sealed record Binding(string Language, string Query, string Document)
    {
        internal string Apply(string text) =>
            text.Replace("{language}", Language, StringComparison.Ordinal).Replace("{query}", Query, StringComparison.Ordinal).Replace("{document}", Document, StringComparison.Ordinal);
    }
}
