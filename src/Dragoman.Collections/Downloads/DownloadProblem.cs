using System.Net;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Downloads;

/// <summary>What goes wrong between here and a publisher, in sentences that say what to do.</summary>
internal static class DownloadProblem
{
    /// <summary>Tells whether an answer without the file is worth another attempt.</summary>
    /// <exception cref="DownloadException">It is not.</exception>
    internal static AttemptOutcome OfStatus(DownloadRequest request, HttpResponseMessage response, TimeSpan? retryAfter)
    {
        var status = (int)response.StatusCode;
        var answer = $"answered {status} ({response.ReasonPhrase})";
        var byHand = $"fetch it in a browser and put it at {request.Target}";
        if (status is 408 or 429 or 500 or 502 or 503 or 504) return new AttemptOutcome.Again(answer) { RetryAfter = retryAfter };
        throw new DownloadException(request.Url, status switch
        {
            401 or 403 => $"{answer}: the publisher wants a log-in or does not allow this; {byHand}.",
            407 => $"{answer}: the proxy wants a user and password; give them in HTTPS_PROXY as http://user:password@host:port.",
            404 or 410 => $"{answer}: the publisher has moved or removed the file; look on its home page, and put it at {request.Target}.",
            >= 300 and < 400 => $"{answer}: it redirects in a circle, too often, or from https to http; try again later, or {byHand}.",
            _ => $"{answer}; try again later, or {byHand}.",
        });
    }

    /// <summary>A failure before or during the answer.</summary>
    internal static AttemptOutcome.Again OfConnection(HttpRequestException failure) =>
        new(ConnectionProblem.Describe(failure)) { Unreached = ConnectionProblem.IsUnreached(failure), Cause = failure };

    /// <summary>A length that is not the catalogue's.</summary>
    internal static string Length(long expected, long found) =>
        $"has {ByteCount.Of(found)} where {ByteCount.Of(expected)} were expected; nothing was kept. The publisher may have changed it: look at the catalogue's source.";

    /// <summary>A file that cannot be written: no room, no permission, a folder that is a file.</summary>
    internal static DragomanException OfDisk(string target, Exception failure)
    {
        var detail = failure.Message;
        var place = detail.IndexOf(" : '", StringComparison.Ordinal);
        if (place > 0) detail = detail[..place];
        return new DragomanException($"{target} cannot be written ({detail.TrimEnd('.')}); what was fetched so far is kept. Make room, or name another place with --cache or --output.", failure);
    }
}
