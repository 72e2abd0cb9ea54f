using System.Collections.Concurrent;
using System.Text;
using Dragoman.Text.Analysis.Segmentation;

namespace Dragoman.Text.Analysis.Native;

/// <summary>Words by ICU's dictionaries (Chinese and Japanese, Thai, Lao, Khmer, Burmese). Thread-safe.</summary>
internal sealed unsafe class IcuWordBreaker : IWordBreaker
{
    private const int WordBreaks = 1, Done = -1;

    private readonly ConcurrentBag<nint> _iterators = [];
    private readonly delegate* unmanaged[Cdecl]<int, byte*, char*, int, int*, nint> _open;
    private readonly delegate* unmanaged[Cdecl]<nint, char*, int, int*, void> _setText;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _next;
    private readonly byte[] _locale;

    private IcuWordBreaker(Icu icu, string language)
    {
        _open = (delegate* unmanaged[Cdecl]<int, byte*, char*, int, int*, nint>)icu.Common("ubrk_open");
        _setText = (delegate* unmanaged[Cdecl]<nint, char*, int, int*, void>)icu.Common("ubrk_setText");
        _next = (delegate* unmanaged[Cdecl]<nint, int>)icu.Common("ubrk_next");
        _locale = Encoding.ASCII.GetBytes(language + "\0");
        Data = "icu" + icu.Version;
    }

    /// <inheritdoc/>
    public string Data { get; }

    /// <summary>The breaker for a language; null when ICU is not installed.</summary>
    internal static IcuWordBreaker? For(string language) => Icu.Instance is { } icu ? new IcuWordBreaker(icu, language) : null;

    /// <inheritdoc/>
    public void Break(ReadOnlySpan<char> run, List<int> ends)
    {
        if (!_iterators.TryTake(out var iterator)) iterator = Open();
        var status = 0;
        fixed (char* characters = run)
        {
            _setText(iterator, characters, run.Length, &status);
            if (status > 0) throw new InvalidOperationException($"ICU's ubrk_setText failed with status {status}.");
            for (int place; (place = _next(iterator)) != Done;) ends.Add(place);
        }
        // Iterators live as long as the process; there are never more than threads that analyze at the same time.
        _iterators.Add(iterator);
    }

    private nint Open()
    {
        var status = 0;
        fixed (byte* locale = _locale)
        {
            var iterator = _open(WordBreaks, locale, null, 0, &status);
            return status <= 0 ? iterator : throw new InvalidOperationException($"ICU's ubrk_open failed with status {status}.");
        }
    }
}
