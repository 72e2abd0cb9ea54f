using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Catalogue;

/// <summary>What became of an entry that was asked for.</summary>
public enum FetchOutcome
{
    /// <summary>All its files were there and checked.</summary>
    AlreadyThere,

    /// <summary>All its files are used where they are, in the folder that DRAGOMAN_DATA names.</summary>
    UsedInPlace,

    /// <summary>Files were fetched or copied, or such as were put there by hand were checked.</summary>
    Fetched,
}

/// <summary>An entry whose files are all there.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Outcome">What was done.</param>
public sealed record FetchedEntry(CatalogueEntry Entry, string Folder, FetchOutcome Outcome);

/// <summary>Fetches catalogue entries into a cache, or finds them in the folder that DRAGOMAN_DATA names. Several processes may use one cache.</summary>
/// <param name="places">The folders.</param>
/// <param name="downloader">Fetches files.</param>
/// <param name="time">Clock of records and of waiting for other processes.</param>
/// <param name="report">Hears what is done.</param>
public sealed class DataStore(DataPlaces places, Downloader downloader, TimeProvider time, IDownloadReport report)
{
    /// <summary>Fetches what is missing of an entry and checks what is there.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="output">A folder for its files; null for the cache.</param>
    /// <param name="force">Fetches files even if they are there.</param>
    /// <param name="cancellationToken">Stops; what was received is kept for the next call to go on from.</param>
    /// <exception cref="DragomanException">A file cannot be fetched or written, or is not the one that the catalogue describes.</exception>
    public async Task<FetchedEntry> GetAsync(CatalogueEntry entry, string? output, bool force, CancellationToken cancellationToken)
    {
        if (output is null && places.DataFolderOf(entry) is { } data)
        {
            foreach (var file in entry.Files) await FileCheck.OfDataAsync(file, Path.Combine(data, file.Path), cancellationToken).ConfigureAwait(false);
            return new FetchedEntry(entry, data, FetchOutcome.UsedInPlace);
        }
        var folder = output is null ? places.FolderOf(entry) : Path.GetFullPath(output);
        using var held = await FolderLock.TakeAsync(folder, time, () => report.Say($"{folder}: another process is fetching here; waiting for it."), DownloadProblem.OfDisk, cancellationToken).ConfigureAwait(false);
        var manifest = FetchManifest.Read(folder, entry);
        var states = entry.Files.Select(file => FileState.Of(folder, file, manifest)).ToList();
        var wanted = states.Where(state => force || state.Presence != FilePresence.Complete).ToList();
        if (wanted.Count == 0) return new FetchedEntry(entry, folder, FetchOutcome.AlreadyThere);
        FileCheck.RequireRoom(folder, wanted, force);
        var index = await IndexAsync(entry, wanted, cancellationToken).ConfigureAwait(false);
        // What is on this machine comes first, so that it is in place even if the network then fails.
        foreach (var state in wanted.OrderBy(state => state.Presence is not FilePresence.Unrecorded && Local(entry, state.File, output is not null) is null))
        {
            var resolved = state with { File = index?.Resolve(state.File) ?? state.File };
            var record = await FileAsync(entry, resolved, output is not null, force, cancellationToken).ConfigureAwait(false);
            manifest = manifest.With(record);
            manifest.Write(folder);
        }
        return new FetchedEntry(entry, folder, FetchOutcome.Fetched);
    }

    private async Task<FetchRecord> FileAsync(CatalogueEntry entry, FileState state, bool toOutput, bool force, CancellationToken cancellationToken)
    {
        var (file, path) = (state.File, state.Path);
        if (state.Presence is FilePresence.Unrecorded && !force)
        {
            await FileCheck.OfExistingAsync(file, path, state.Record, cancellationToken).ConfigureAwait(false);
            report.Say($"{path} was there already{Verified(file)}.");
            return await RecordAsync(file, path, "put there by hand", null, cancellationToken).ConfigureAwait(false);
        }
        if (Local(entry, file, toOutput) is { } local)
        {
            await FileCheck.OfDataAsync(file, local, cancellationToken).ConfigureAwait(false);
            FileCheck.Copy(local, path);
            report.Say($"{file.Path} was copied from {local}{Verified(file)}.");
            return await RecordAsync(file, path, local, null, cancellationToken).ConfigureAwait(false);
        }
        if (force) new PartialFile(path).Discard();
        var url = file.Url ?? throw new DragomanException($"{entry.Name}: the address of {file.Path} is in the publisher's index, which cannot be had; put the file at {path} by hand.");
        report.Say($"{file.Path}: fetching {url}{(state.Presence is FilePresence.Partial && !force ? $", going on after {ByteCount.Of(state.Bytes)}" : "")}.");
        var request = new DownloadRequest(url, path) { Bytes = file.Bytes, MostBytes = file.ApproximateBytes * 2, Checksum = file.Checksum };
        var fetched = await downloader.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        report.Say($"{file.Path}: {ByteCount.Of(fetched.Bytes)}{Verified(file)}.");
        return new FetchRecord(file.Path, url.AbsoluteUri, fetched.ETag, fetched.Bytes, fetched.Sha256.Hex, file.Checksum?.ToString(), time.GetUtcNow(), File.GetLastWriteTimeUtc(path));
    }

    private async Task<FetchRecord> RecordAsync(CatalogueFile file, string path, string from, string? tag, CancellationToken cancellationToken)
    {
        var sha256 = await Checksum.OfFileAsync(ChecksumKind.Sha256, path, cancellationToken).ConfigureAwait(false);
        var info = new FileInfo(path);
        return new FetchRecord(file.Path, from, tag, info.Length, sha256.Hex, file.Checksum?.ToString(), time.GetUtcNow(), info.LastWriteTimeUtc);
    }

    /// <summary>A copy to take instead of the network: in the data folder or, when the files go elsewhere, in the cache.</summary>
    private string? Local(CatalogueEntry entry, CatalogueFile file, bool toOutput)
    {
        if (places.DataFileOf(entry, file) is { } data) return data;
        if (!toOutput) return null;
        var cache = places.FolderOf(entry);
        var cached = FileState.Of(cache, file, FetchManifest.Read(cache, entry));
        return cached.Presence is FilePresence.Complete ? cached.Path : null;
    }

    /// <summary>The publisher's index when a wanted file is in one; null when it cannot be had and addresses are known without it.</summary>
    private async Task<PublisherIndex?> IndexAsync(CatalogueEntry entry, List<FileState> wanted, CancellationToken cancellationToken)
    {
        var keys = wanted.Select(state => state.File.Indexed).OfType<IndexKey>().ToList();
        if (entry.Index is not { Url: { } url } file || keys.Count == 0) return null;
        var path = Path.Combine(places.Cache, entry.Family, file.Path);
        try
        {
            using var held = await FolderLock.TakeAsync(Path.GetDirectoryName(path)!, time, () => report.Say($"{path}: another process is fetching it; waiting."), DownloadProblem.OfDisk, cancellationToken).ConfigureAwait(false);
            if (!await FileCheck.IsRightAsync(file, path, cancellationToken).ConfigureAwait(false))
            {
                report.Say($"{file.Path}: fetching the publisher's index {url}.");
                await downloader.FetchAsync(new DownloadRequest(url, path) { Bytes = file.Bytes, Checksum = file.Checksum }, cancellationToken).ConfigureAwait(false);
            }
            return PublisherIndex.Read(path, url, keys);
        }
        catch (DownloadException failure) when (wanted.All(state => state.File.Url is not null || state.Presence is FilePresence.Unrecorded))
        {
            report.Say($"warning: checksums cannot be looked up, as the publisher's index is missing: {failure.Message}");
            return null;
        }
    }

    private static string Verified(CatalogueFile file) => file.Checksum is { } checksum ? $", {checksum} as it should be" : "; its publisher states no checksum";
}
