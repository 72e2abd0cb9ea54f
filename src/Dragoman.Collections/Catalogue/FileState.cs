namespace Dragoman.Collections.Catalogue;

/// <summary>How much of a file is there.</summary>
public enum FilePresence
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>The beginning, from a download that was stopped.</summary>
    Partial,

    /// <summary>A file that no record vouches for: put there by hand, or changed since.</summary>
    Unrecorded,

    /// <summary>The file as it was fetched and checked.</summary>
    Complete,
}

/// <summary>What is on disk of a file of an entry.</summary>
/// <param name="File">The catalogue's file.</param>
/// <param name="Path">Where it is or would be.</param>
/// <param name="Presence">How much is there.</param>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="Record">What was recorded when it was fetched.</param>
public sealed record FileState(CatalogueFile File, string Path, FilePresence Presence, long Bytes, FetchRecord? Record)
{
    internal static FileState Of(string folder, CatalogueFile file, FetchManifest manifest)
    {
        var path = System.IO.Path.Combine(folder, file.Path.Replace('/', System.IO.Path.DirectorySeparatorChar));
        var info = new FileInfo(path);
        var record = manifest.Of(file);
        if (info.Exists) return new FileState(file, path, record?.Bytes == info.Length && record.Modified == info.LastWriteTimeUtc ? FilePresence.Complete : FilePresence.Unrecorded, info.Length, record);
        var part = new FileInfo(path + ".part");
        return part.Exists ? new FileState(file, path, FilePresence.Partial, part.Length, null) : new FileState(file, path, FilePresence.Missing, 0, null);
    }
}

/// <summary>What is on disk of an entry.</summary>
/// <param name="Folder">Where its files are or would be.</param>
/// <param name="InData">Whether that is in the folder that DRAGOMAN_DATA names.</param>
/// <param name="Files">Its files.</param>
public sealed record EntryState(string Folder, bool InData, IReadOnlyList<FileState> Files)
{
    /// <summary>Looks at the names, lengths and times of an entry's files, not at what is in them.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="places">The folders.</param>
    public static EntryState Of(CatalogueEntry entry, DataPlaces places)
    {
        var data = places.DataFolderOf(entry);
        var folder = data ?? places.FolderOf(entry);
        var manifest = FetchManifest.Read(folder, entry);
        return new EntryState(folder, data is not null, [.. entry.Files.Select(file => FileState.Of(folder, file, manifest))]);
    }

    /// <summary>Whether every file is there.</summary>
    public bool IsComplete => Files.All(file => file.Presence is FilePresence.Complete or FilePresence.Unrecorded);
}
