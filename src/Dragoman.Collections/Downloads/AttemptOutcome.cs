namespace Dragoman.Collections.Downloads;

/// <summary>How an attempt to fetch a file ended.</summary>
internal abstract record AttemptOutcome
{
    /// <summary>All bytes are there.</summary>
    /// <param name="ETag">The server's mark of the version, if any.</param>
    internal sealed record Done(string? ETag) : AttemptOutcome;

    /// <summary>Another attempt may do better.</summary>
    /// <param name="Problem">What went wrong, after the address: <c>answered 503</c>.</param>
    internal sealed record Again(string Problem) : AttemptOutcome
    {
        /// <summary>What the server asked to wait.</summary>
        internal TimeSpan? RetryAfter { get; init; }

        /// <summary>Whether no server was reached.</summary>
        internal bool Unreached { get; init; }

        /// <summary>Bytes that came in before it went wrong.</summary>
        internal long Received { get; init; }

        /// <summary>What went wrong underneath.</summary>
        internal Exception? Cause { get; init; }
    }
}
