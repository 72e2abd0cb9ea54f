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
    internal static AttemptOutcome.Again OfConnection(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new($"cannot be reached: the server's or the proxy's name is not known here: {failure.Message.TrimEnd('.')}") { Unreached = true, Cause = failure },
        HttpRequestError.ConnectionError => new($"cannot be reached: {failure.Message.TrimEnd('.')}") { Unreached = true, Cause = failure },
        HttpRequestError.SecureConnectionError => new($"cannot be reached securely: {Innermost(failure)}") { Unreached = true, Cause = failure },
        HttpRequestError.ProxyTunnelError => new($"cannot be reached through the proxy: {Innermost(failure)}") { Unreached = true, Cause = failure },
        HttpRequestError.ResponseEnded => new("ended the connection early") { Cause = failure },
        HttpRequestError.InvalidResponse => new("answered something that is not HTTP") { Cause = failure },
        _ => new($"cannot be fetched: {Innermost(failure)}") { Cause = failure },
    };

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

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner) failure = inner;
        return failure.Message.TrimEnd('.');
    }
}
