namespace Dragoman.Collections.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>Attempts in a row that bring less than <see cref="ProgressBytes"/> before a download fails; 1 or more.</summary>
    /// <value>6 by default.</value>
    public int Attempts { get; init; } = 6;

    /// <summary>Attempts in a row without reaching any server before a download fails, so that a machine without a network is told soon; 1 or more.</summary>
    /// <value>3 by default.</value>
    public int ConnectAttempts { get; init; } = 3;

    /// <summary>Bytes that count as progress: an attempt that brings as many starts the count of attempts anew.</summary>
    /// <value>1 MiB by default.</value>
    public long ProgressBytes { get; init; } = 1 << 20;

    /// <summary>Pause before the second attempt; it doubles with every further one, and up to half of it is taken off at random.</summary>
    /// <value>1 second by default.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that the doubling reaches.</summary>
    /// <value>1 minute by default.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause that a server may ask for (Retry-After); a longer one fails with a sentence that says when to come back.</summary>
    /// <value>10 minutes by default.</value>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an answer may bring no byte before the attempt is given up.</summary>
    /// <value>1 minute by default.</value>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Attempts < 1) yield return $"Attempts is {Attempts}; use 1 or more.";
        if (ConnectAttempts < 1) yield return $"ConnectAttempts is {ConnectAttempts}; use 1 or more.";
        if (FirstPause < TimeSpan.Zero || LongestPause < FirstPause) yield return $"The pauses are {FirstPause} to {LongestPause}; use 0 or more, the longest last.";
        if (StallTime <= TimeSpan.Zero) yield return $"StallTime is {StallTime}; use more than 0.";
    }
}
