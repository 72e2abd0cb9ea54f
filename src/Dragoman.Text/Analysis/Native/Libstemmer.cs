using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Text.Analysis.Stemming;

namespace Dragoman.Text.Analysis.Native;

/// <summary>A stemmer of the Snowball project's C library, where it is installed. Thread-safe.</summary>
internal sealed unsafe class Libstemmer : IStemmer
{
    private static readonly Lazy<nint> Library = new(Load);

    private readonly Lock _lock = new();
    private readonly nint _stemmer;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int, byte*> _stem;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _length;

    private Libstemmer(nint stemmer)
    {
        _stemmer = stemmer;
        _stem = (delegate* unmanaged[Cdecl]<nint, byte*, int, byte*>)NativeLibrary.GetExport(Library.Value, "sb_stemmer_stem");
        _length = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(Library.Value, "sb_stemmer_length");
    }

    /// <summary>Whether the library is installed.</summary>
    internal static bool IsInstalled => Library.Value != 0;

    /// <summary>The stemmer of a language, which lives as long as the process.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    /// <returns>Null when the library is not installed or has no such language.</returns>
    internal static Libstemmer? For(string language)
    {
        if (!IsInstalled) return null;
        var create = (delegate* unmanaged[Cdecl]<byte*, byte*, nint>)NativeLibrary.GetExport(Library.Value, "sb_stemmer_new");
        fixed (byte* name = Encoding.ASCII.GetBytes(language + "\0"))
        {
            var stemmer = create(name, null);
            return stemmer == 0 ? null : new Libstemmer(stemmer);
        }
    }

    /// <inheritdoc/>
    public string Stem(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        lock (_lock)
        {
            fixed (byte* start = bytes)
            {
                var stem = _stem(_stemmer, start, bytes.Length);
                return stem is null ? word : Encoding.UTF8.GetString(stem, _length(_stemmer));
            }
        }
    }

    private static nint Load()
    {
        foreach (var name in (string[])["libstemmer.so.0d", "libstemmer.so.0", "libstemmer.so", "libstemmer.dylib", "libstemmer.dll"])
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        return 0;
    }
}
