using System.Collections.Concurrent;

namespace Dragoman.Collections.Tests.Downloads;

/// <summary>A clock whose pauses are over at once and are remembered, and whose time-out of a stalled answer comes when the test says so.</summary>
internal sealed class QuickTime(TimeSpan stall) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();
    private readonly ConcurrentBag<Held> _stalls = [];

    internal static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Every pause that was asked for.</summary>
    internal IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var held = new Held(callback, state);
        if (dueTime == stall) _stalls.Add(held);
        else if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _pauses.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => held.Fire());
        }
        return held;
    }

    /// <summary>Lets the time of every stalled answer run out.</summary>
    internal void RunOut()
    {
        foreach (var held in _stalls) held.Fire();
    }

    private sealed class Held(TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        internal void Fire()
        {
            if (!_disposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_disposed;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            _disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
