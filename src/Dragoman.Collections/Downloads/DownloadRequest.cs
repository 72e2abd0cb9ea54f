namespace Dragoman.Collections.Downloads;

/// <summary>A file to fetch, and what is known of it.</summary>
/// <param name="Url">Its address, http or https.</param>
/// <param name="Target">Where it goes.</param>
public sealed record DownloadRequest(Uri Url, string Target)
{
    /// <summary>Its length in bytes; null when nobody states it.</summary>
    public long? Bytes { get; init; }

    /// <summary>The most bytes to accept where the length is known only roughly; null for no limit.</summary>
    public long? MostBytes { get; init; }

    /// <summary>What its bytes hash to; null when nobody states it.</summary>
    public Checksum? Checksum { get; init; }
}

/// <summary>A file that was fetched and checked.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, computed here.</param>
/// <param name="ETag">The server's mark for this version of the file; null when it gave none.</param>
public sealed record DownloadedFile(string Path, long Bytes, Checksum Sha256, string? ETag);

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Bytes">Bytes there so far, those of earlier attempts included.</param>
/// <param name="Total">Bytes of the whole; null when neither catalogue nor server say.</param>
/// <param name="Resumed">Bytes that were there before this attempt.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long? Total, long Resumed);

/// <summary>Hears what a download does. Calls come one at a time.</summary>
public interface IDownloadReport
{
    /// <summary>Something a person should know: a start, a retry and why, an end.</summary>
    /// <param name="line">One sentence.</param>
    void Say(string line);

    /// <summary>Bytes have come in; called often.</summary>
    /// <param name="progress">How far it is.</param>
    void Advance(DownloadProgress progress);
}
