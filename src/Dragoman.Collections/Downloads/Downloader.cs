using System.Globalization;
using System.Net;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Downloads;

/// <summary>
/// Fetches files over HTTP: goes on where an earlier attempt or run ended, tries again with growing pauses, checks length and checksum, and puts a file in its
/// place only when it is whole. Redirects are followed; proxies are those of the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY).
/// </summary>
/// <param name="client">Sends the requests; see <see cref="CreateClient"/>. Not disposed here.</param>
/// <param name="options">How patient to be.</param>
/// <param name="time">Clock of pauses and time-outs.</param>
/// <param name="report">Hears retries and progress.</param>
public sealed class Downloader(HttpClient client, DownloadOptions options, TimeProvider time, IDownloadReport report)
{
    private const int MostRedirects = 10;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);
    private readonly RetryPause _pause = new(options.FirstPause, options.LongestPause, time);

    /// <summary>A client that takes the bytes as they are, follows up to ten redirects, never from https to http, and uses the environment's proxies.</summary>
    /// <returns>The client; the caller disposes it.</returns>
    public static HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, MaxAutomaticRedirections = MostRedirects, ConnectTimeout = ConnectTime };
        var client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"dragoman/{typeof(Downloader).Assembly.GetName().Version?.ToString(3)}");
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("identity");
        return client;
    }

    /// <summary>Fetches a file; an existing one at the target is replaced when the new one is whole and checked.</summary>
    /// <param name="request">What, from where, and where to.</param>
    /// <param name="cancellationToken">Stops; what was received stays beside the target as <c>NAME.part</c>, for the next call to go on from.</param>
    /// <exception cref="DownloadException">The server cannot be reached, does not give the file, or gives another one.</exception>
    /// <exception cref="DragomanException">The file cannot be written.</exception>
    public async Task<DownloadedFile> FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var partial = new PartialFile(request.Target);
        // Bytes of several attempts can be of different versions where the server marks none, so a wrong whole earns one fetch from the first byte.
        for (var pieced = true; ;)
        {
            var before = partial.Length;
            var (tag, attempts) = await ReceiveAsync(request, partial, cancellationToken).ConfigureAwait(false);
            var problem = await ProblemAsync(request, partial, cancellationToken).ConfigureAwait(false);
            if (problem is null) return await PlaceAsync(request, partial, tag, cancellationToken).ConfigureAwait(false);
            partial.Discard();
            if (!pieced || attempts == 1 && before == 0) throw new DownloadException(request.Url, problem);
            pieced = false;
            report.Say($"{Path.GetFileName(request.Target)}: the parts of several attempts do not make the right file; fetching it whole.");
        }
    }

    private async Task<(string? ETag, int Attempts)> ReceiveAsync(DownloadRequest request, PartialFile partial, CancellationToken cancellationToken)
    {
        for (int failures = 0, unreached = 0, attempts = 1; ; attempts++)
        {
            var outcome = await new Attempt(client, request, partial, options, time, report).RunAsync(cancellationToken).ConfigureAwait(false);
            if (outcome is AttemptOutcome.Done done) return (done.ETag, attempts);
            var again = (AttemptOutcome.Again)outcome;
            if (again.Received >= options.ProgressBytes) failures = 0;
            failures++;
            unreached = again.Unreached ? unreached + 1 : 0;
            if (failures >= options.Attempts || unreached >= options.ConnectAttempts) throw GivenUp(request, partial, again, attempts);
            if (again.RetryAfter > options.LongestRetryAfter) throw TooBusy(request, again);
            var pause = _pause.Before(failures, again.RetryAfter);
            report.Say(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(request.Target)}: the server {again.Problem}; trying again in {pause.TotalSeconds:0.#} s."));
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DownloadException GivenUp(DownloadRequest request, PartialFile partial, AttemptOutcome.Again last, int attempts)
    {
        var advice = partial.Length is var bytes and > 0
            ? $"{ByteCount.Of(bytes)} are kept, and the same command goes on from there"
            : $"try again later, or fetch it on another machine and put it at {request.Target}";
        return new DownloadException(request.Url, $"{last.Problem} ({attempts} {(attempts == 1 ? "attempt" : "attempts")}); {advice}.", last.Cause);
    }

    private static DownloadException TooBusy(DownloadRequest request, AttemptOutcome.Again last) =>
        new(request.Url, string.Create(CultureInfo.InvariantCulture, $"{last.Problem} and asks to come back in {last.RetryAfter!.Value.TotalMinutes:0} minutes; run the same command then."), last.Cause);

    private static async Task<string?> ProblemAsync(DownloadRequest request, PartialFile partial, CancellationToken cancellationToken)
    {
        if (request.Bytes is { } expected && partial.Length != expected) return DownloadProblem.Length(expected, partial.Length);
        if (request.Checksum is { } checksum)
        {
            var found = await Checksum.OfFileAsync(checksum.Kind, partial.Path, cancellationToken).ConfigureAwait(false);
            if (found != checksum)
                return $"gave a file that is not the right one: {found} where {checksum} was expected; it was not kept. Something on the way changed it, or the publisher did: try again, then look at the catalogue's source.";
        }
        else if (request.Target.EndsWith("gz", StringComparison.Ordinal) && !StartsAsGzip(partial.Path))
            return "gave something that is not gzip data, perhaps the page of a log-in or of a proxy; it was not kept.";
        return null;
    }

    private static bool StartsAsGzip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
    }

    private static async Task<DownloadedFile> PlaceAsync(DownloadRequest request, PartialFile partial, string? tag, CancellationToken cancellationToken)
    {
        var sha256 = await Checksum.OfFileAsync(ChecksumKind.Sha256, partial.Path, cancellationToken).ConfigureAwait(false);
        var bytes = partial.Length;
        try
        {
            partial.Complete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw DownloadProblem.OfDisk(request.Target, failure);
        }
        return new DownloadedFile(request.Target, bytes, sha256, tag);
    }
}
