namespace Dragoman.Collections.Catalogue;

/// <summary>A data set, or a part of one, that can be fetched by name.</summary>
public sealed record CatalogueEntry
{
    /// <summary>Its name: <c>clirmatrix/zh-kk/base</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The publication that it belongs to: <c>clirmatrix</c>.</summary>
    public required string Family { get; init; }

    /// <summary>What it is, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The format of its files as <c>dragoman prepare</c> names it, or <c>model</c>; empty when unknown.</summary>
    public string Format { get; init; } = "";

    /// <summary>The terms that the publisher states, or that none are stated.</summary>
    public required string Licence { get; init; }

    /// <summary>What to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The publication's home page.</summary>
    public required Uri Homepage { get; init; }

    /// <summary>Where its checksums come from.</summary>
    public string Checksums { get; init; } = "";

    /// <summary>Where addresses, sizes and terms were read.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Names of entries that complete it: the documents of its queries.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// Commands that go on from here. <c>{folder}</c> stands for the folder of its files, <c>{folder:NAME}</c> for that of another entry.
    /// </summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    /// <summary>Folders below DRAGOMAN_DATA that may hold its files beside the one of its name.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The publisher's index of addresses and checksums; null when there is none.</summary>
    public CatalogueFile? Index { get; init; }

    /// <summary>Its files, at least one.</summary>
    public required IReadOnlyList<CatalogueFile> Files { get; init; }

    /// <summary>Bytes of all files together; null when one of them is not published.</summary>
    public long? Bytes => Files.All(file => file.Bytes is not null) ? Files.Sum(file => file.Bytes!.Value) : null;
}
