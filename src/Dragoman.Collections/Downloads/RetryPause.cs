using System.Net.Http.Headers;

namespace Dragoman.Collections.Downloads;

/// <summary>How long to wait before the next attempt: doubling pauses with up to half taken off at random, so that many clients do not come back together. Not thread-safe.</summary>
/// <param name="first">The pause before the second attempt.</param>
/// <param name="longest">The longest pause that the doubling reaches.</param>
/// <param name="time">The clock.</param>
public sealed class RetryPause(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    // The seed is the clock: two processes that start together must not agree.
    private readonly Random _random = new((int)time.GetTimestamp());

    /// <summary>The pause before an attempt.</summary>
    /// <param name="failures">Failures in a row so far, from 1.</param>
    /// <param name="asked">What the server asked for; null when nothing.</param>
    public TimeSpan Before(int failures, TimeSpan? asked)
    {
        var doubled = Math.Min(first.TotalSeconds * Math.Pow(2, failures - 1), longest.TotalSeconds);
        var pause = TimeSpan.FromSeconds(doubled * (1 - _random.NextDouble() / 2));
        return asked > pause ? asked.Value : pause;
    }

    /// <summary>What a Retry-After header asks for, in seconds or as a date; null without one, zero for a date that has passed.</summary>
    /// <param name="header">The header; null when there is none.</param>
    public TimeSpan? Asked(RetryConditionHeaderValue? header)
    {
        if (header?.Delta is { } delta) return delta;
        if (header?.Date is not { } date) return null;
        var wait = date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
