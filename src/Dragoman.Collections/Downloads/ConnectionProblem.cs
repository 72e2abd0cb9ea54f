namespace Dragoman.Collections.Downloads;

/// <summary>Why a server gave no answer, in words that follow its address.</summary>
public static class ConnectionProblem
{
    /// <summary>Puts a failure before or during an answer into words: <c>cannot be reached: Connection refused</c>.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <returns>The words, without a full stop.</returns>
    public static string Describe(HttpRequestException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"cannot be reached: the server's or the proxy's name is not known here: {failure.Message.TrimEnd('.')}",
            HttpRequestError.ConnectionError => $"cannot be reached: {failure.Message.TrimEnd('.')}",
            HttpRequestError.SecureConnectionError => $"cannot be reached securely: {Innermost(failure)}",
            HttpRequestError.ProxyTunnelError => $"cannot be reached through the proxy: {Innermost(failure)}",
            HttpRequestError.ResponseEnded => "ended the connection early",
            HttpRequestError.InvalidResponse => "answered something that is not HTTP",
            _ => $"cannot be fetched: {Innermost(failure)}",
        };
    }

    /// <summary>Whether no server was reached.</summary>
    /// <param name="failure">What the client threw.</param>
    public static bool IsUnreached(HttpRequestException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
    }

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner) failure = inner;
        return failure.Message.TrimEnd('.');
    }
}
