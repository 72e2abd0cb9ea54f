using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Catalogue;

/// <summary>A file of a catalogue entry.</summary>
public sealed record CatalogueFile
{
    /// <summary>Its name in the entry's folder; may hold folders, separated by <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The publisher's address; null when only the publisher's index states it.</summary>
    public Uri? Url { get; init; }

    /// <summary>Length in bytes; null when not published.</summary>
    public long? Bytes { get; init; }

    /// <summary>Length in bytes as the publisher rounds it; null when <see cref="Bytes"/> is known or nothing is published.</summary>
    public long? ApproximateBytes { get; init; }

    /// <summary>What its bytes hash to; null when not published, or published in the index.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Where the publisher's index has the file's address and MD5; null when there is no index.</summary>
    public IndexKey? Indexed { get; init; }
}

/// <summary>A place in a publisher's index, a JSON object of sections of keys.</summary>
/// <param name="Section">The section: <c>clirmatrix_docs</c>.</param>
/// <param name="Key">The key in it: <c>docs/kk</c>.</param>
public sealed record IndexKey(string Section, string Key);
