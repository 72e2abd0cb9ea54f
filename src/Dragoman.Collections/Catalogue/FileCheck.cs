using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Catalogue;

/// <summary>Compares files on disk with what the catalogue says of them.</summary>
internal static class FileCheck
{
    /// <summary>Refuses a file of the data folder that is not the catalogue's.</summary>
    internal static async Task OfDataAsync(CatalogueFile file, string path, CancellationToken cancellationToken)
    {
        if (await ProblemAsync(file, path, cancellationToken).ConfigureAwait(false) is { } problem)
            throw new DragomanException($"{path} is not the file that the catalogue describes ({problem}); replace it, or unset {DataPlaces.DataVariable} to fetch the right one.");
    }

    /// <summary>Refuses a file that lies where one should be fetched to and is not the catalogue's or, without a checksum there, not the recorded one.</summary>
    internal static async Task OfExistingAsync(CatalogueFile file, string path, FetchRecord? record, CancellationToken cancellationToken)
    {
        var known = file.Checksum is null && record is not null ? file with { Checksum = new Checksum(ChecksumKind.Sha256, record.Sha256) } : file;
        if (await ProblemAsync(known, path, cancellationToken).ConfigureAwait(false) is { } problem)
            throw new DragomanException($"{path} is not the right file ({problem}); remove it, or fetch it again with --force.");
    }

    /// <summary>Whether a file is there and is the catalogue's.</summary>
    internal static async Task<bool> IsRightAsync(CatalogueFile file, string path, CancellationToken cancellationToken) =>
        File.Exists(path) && await ProblemAsync(file, path, cancellationToken).ConfigureAwait(false) is null;

    /// <summary>Copies a file under a temporary name and puts it in its place.</summary>
    internal static void Copy(string from, string to)
    {
        var temporary = $"{to}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, temporary, overwrite: true);
            File.Move(temporary, to, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw DownloadProblem.OfDisk(to, failure);
        }
    }

    /// <summary>Refuses to begin what the disk has no room for.</summary>
    internal static void RequireRoom(string folder, IEnumerable<FileState> wanted, bool force)
    {
        var bytes = wanted.Where(state => force || state.Presence is FilePresence.Missing or FilePresence.Partial)
            .Sum(state => Math.Max(0, (state.File.Bytes ?? state.File.ApproximateBytes ?? 0) - (force ? 0 : state.Bytes)));
        if (Free(folder) is { } free && bytes > free) throw new DragomanException($"{folder} has room for {ByteCount.Of(free)} and {ByteCount.Of(bytes)} are to come; make room, or name another place with --cache or --output.");
    }

    /// <summary>Bytes that this user may still write there; null where the system does not tell.</summary>
    private static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null; // A network share on Windows has no drive; the write itself will tell.
        }
    }

    private static async Task<string?> ProblemAsync(CatalogueFile file, string path, CancellationToken cancellationToken)
    {
        var length = new FileInfo(path).Length;
        if (file.Bytes is { } bytes && bytes != length) return $"{ByteCount.Of(length)} where {ByteCount.Of(bytes)} were expected";
        if (file.Checksum is not { } checksum) return null;
        var found = await Checksum.OfFileAsync(checksum.Kind, path, cancellationToken).ConfigureAwait(false);
        return found == checksum ? null : $"{found} where {checksum} was expected";
    }
}
