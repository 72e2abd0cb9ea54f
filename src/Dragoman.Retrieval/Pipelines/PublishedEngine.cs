using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>
/// The engine over what an index has published last, for programs that answer for long: <see cref="Refresh"/> puts the engine of a new generation in the place of the one before. Who has
/// rented an engine keeps it until the end of the lease; the last one to let go of a former engine closes it. Thread-safe.
/// </summary>
public sealed class PublishedEngine : IDisposable
{
    private readonly Lock _swapping = new(), _refreshing = new();
    private readonly string _path;
    private readonly Func<SearchIndex, SearchEngine> _open;
    private CountedEngine? _current;

    /// <summary>Opens what is published now.</summary>
    /// <param name="path">The index folder.</param>
    /// <param name="open">Makes an engine over an index. The engine owns the index from then on; when it throws, the index is closed here.</param>
    /// <exception cref="DragomanException">The index cannot be opened, or no engine made over it.</exception>
    public PublishedEngine(string path, Func<SearchIndex, SearchEngine> open)
    {
        (_path, _open) = (path, open);
        _current = new CountedEngine(Over(SearchIndex.Open(path)));
    }

    /// <summary>Borrows the engine as it is now; dispose the lease when the answer is made.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public EngineLease Rent()
    {
        lock (_swapping)
        {
            var current = _current ?? throw new ObjectDisposedException(nameof(PublishedEngine));
            current.Take();
            return new EngineLease(current);
        }
    }

    /// <summary>Looks whether another generation is published than the current engine reads, which takes about a millisecond, and opens it. Leases go on meanwhile; a second caller waits.</summary>
    /// <returns>Whether another engine is in place now.</returns>
    /// <exception cref="DragomanException">What is published cannot be opened; the current engine stays.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public bool Refresh()
    {
        lock (_refreshing)
        {
            using (var lease = Rent())
            {
                if (lease.Engine.Index.IsPublished()) return false;
            }
            Replace(new CountedEngine(Over(SearchIndex.Open(_path))));
            return true;
        }
    }

    /// <summary>Lets go of the engine: it is closed with the last lease.</summary>
    public void Dispose() => Replace(null);

    private void Replace(CountedEngine? next)
    {
        CountedEngine? former;
        lock (_swapping)
        {
            if (_current is null)
            {
                next?.Release();
                return;
            }
            (former, _current) = (_current, next);
        }
        former.Release();
    }

    private SearchEngine Over(SearchIndex index)
    {
        try
        {
            return _open(index);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }
}

/// <summary>An engine that was borrowed from a <see cref="PublishedEngine"/>: it stays open, and answers from one generation, until this is disposed.</summary>
public sealed class EngineLease : IDisposable
{
    private CountedEngine? _counted;

    internal EngineLease(CountedEngine counted) => (_counted, Engine) = (counted, counted.Engine);

    /// <summary>The engine; not to be disposed.</summary>
    public SearchEngine Engine { get; }

    /// <summary>Gives the engine back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _counted, null)?.Release();
}

/// <summary>An engine with the number of those who use it; the last one to release it closes it. Its maker is the first user.</summary>
internal sealed class CountedEngine(SearchEngine engine)
{
    private int _users = 1;

    internal SearchEngine Engine => engine;

    /// <summary>Adds a user; there must be one still.</summary>
    internal void Take() => Interlocked.Increment(ref _users);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) engine.Dispose();
    }
}
