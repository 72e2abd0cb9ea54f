using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Downloads;

/// <summary>A file could not be fetched, or is not what it should be.</summary>
public sealed class DownloadException : DragomanException
{
    /// <summary>Creates the failure for an address.</summary>
    /// <param name="url">The file's address.</param>
    /// <param name="problem">What went wrong and what to do, without the address.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public DownloadException(Uri url, string problem, Exception? innerException = null) : base($"{url} {problem}", innerException) => Url = url;

    /// <summary>The file's address.</summary>
    public Uri Url { get; }
}
