using Dragoman.Models.Encoders;

namespace Dragoman.Cli.Searching;

/// <summary>Keeps the encoder that was loaded last, so that the engines of an index's generations, one after the other, need not load it again. Thread-safe as the encoder is.</summary>
/// <param name="load">Loads the encoder of a folder.</param>
internal sealed class SharedEncoder(Func<string, ITextEncoder> load) : IDisposable
{
    private (string Folder, Counted Encoder)? _kept;

    /// <summary>The encoder of a folder, loaded when it is not the one that is kept. What is given is disposed by who gets it; the encoder itself is closed with the last of them.</summary>
    internal ITextEncoder Load(string folder)
    {
        if (_kept?.Folder != folder)
        {
            var loaded = new Counted(load(folder));
            _kept?.Encoder.Release();
            _kept = (folder, loaded);
        }
        return new Share(_kept.Value.Encoder);
    }

    public void Dispose()
    {
        _kept?.Encoder.Release();
        _kept = null;
    }

    private sealed class Counted(ITextEncoder encoder)
    {
        private int _users = 1;

        internal ITextEncoder Encoder => encoder;

        internal void Take() => Interlocked.Increment(ref _users);

        internal void Release()
        {
            if (Interlocked.Decrement(ref _users) == 0) encoder.Dispose();
        }
    }

    private sealed class Share : ITextEncoder
    {
        private readonly Counted _counted;
        private int _isReleased;

        internal Share(Counted counted)
        {
            counted.Take();
            _counted = counted;
        }

        public string Identity => _counted.Encoder.Identity;

        public int Dimension => _counted.Encoder.Dimension;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => _counted.Encoder.Encode(texts, vectors);

        public void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors) => _counted.Encoder.EncodeQueries(texts, vectors);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0) _counted.Release();
        }
    }
}
