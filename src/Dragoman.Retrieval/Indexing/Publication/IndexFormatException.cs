using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>An index has another format than this version reads.</summary>
internal sealed class IndexFormatException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="folder">The index folder as the user named it.</param>
    /// <param name="format">Its format.</param>
    internal IndexFormatException(string folder, long format)
        : base(format > IndexManifest.CurrentVersion
            ? $"Index {folder} has format {format}, made by a newer version of Dragoman; this version reads format {IndexManifest.CurrentVersion}: update Dragoman, or make another index with '{IndexFolder.Command}'."
            : $"Index {folder} has format {format}, which this version does not read (it reads {IndexManifest.CurrentVersion}); rebuild it with '{IndexFolder.Command}'.") => IsOlder = format < IndexManifest.CurrentVersion;

    /// <summary>Whether an older version made it.</summary>
    internal bool IsOlder { get; }
}
