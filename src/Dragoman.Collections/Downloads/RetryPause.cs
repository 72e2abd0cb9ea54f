using System.Net.Http.Headers;

namespace Dragoman.Collections.Downloads;

/// <summary>How long to wait before the next attempt: doubling pauses with up to half taken off at random, so that many clients do not come back together.</summary>
internal sealed class RetryPause(DownloadOptions options, TimeProvider time)
{
    // The seed is the clock: two processes that start together must not agree.
    private readonly Random _random = new((int)time.GetTimestamp());

    /// <summary>The pause before an attempt.</summary>
    /// <param name="failures">Failures in a row so far, from 1.</param>
    /// <param name="asked">What the server asked for; null when nothing.</param>
    internal TimeSpan Before(int failures, TimeSpan? asked)
    {
        var doubled = Math.Min(options.FirstPause.TotalSeconds * Math.Pow(2, failures - 1), options.LongestPause.TotalSeconds);
        var pause = TimeSpan.FromSeconds(doubled * (1 - _random.NextDouble() / 2));
        return asked > pause ? asked.Value : pause;
    }

    /// <summary>What a Retry-After header asks for, in seconds or as a date; null without one, zero for a date that has passed.</summary>
    /// <param name="header">The header.</param>
    internal TimeSpan? Asked(RetryConditionHeaderValue? header)
    {
        if (header?.Delta is { } delta) return delta;
        if (header?.Date is not { } date) return null;
        var wait = date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
