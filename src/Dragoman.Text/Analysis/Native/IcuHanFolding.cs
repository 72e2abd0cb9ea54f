using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis.Native;

/// <summary>Traditional Chinese characters to simplified ones, by ICU's transliterator <c>Traditional-Simplified</c>, asked once for every character.</summary>
internal static unsafe class IcuHanFolding
{
    private static readonly Lazy<(FrozenDictionary<int, int> Map, string Data)?> Loaded = new(Load);

    /// <summary>Characters that change, with what they become; null when ICU's transliterators are not installed.</summary>
    internal static FrozenDictionary<int, int>? Map => Loaded.Value?.Map;

    /// <summary>Fingerprint of the map, for identities: for example <c>han.1a2b3c4d</c>.</summary>
    internal static string? Data => Loaded.Value?.Data;

    private static (FrozenDictionary<int, int> Map, string Data)? Load()
    {
        if (Icu.Instance is not { } icu) return null;
        var open = (delegate* unmanaged[Cdecl]<char*, int, int, char*, int, void*, int*, nint>)icu.International("utrans_openU");
        var transliterate = (delegate* unmanaged[Cdecl]<nint, char*, int*, int, int, int*, int*, void>)icu.International("utrans_transUChars");
        var close = (delegate* unmanaged[Cdecl]<nint, void>)icu.International("utrans_close");
        if (open is null || transliterate is null || close is null) return null;

        const string id = "Traditional-Simplified";
        var status = 0;
        nint transliterator;
        fixed (char* name = id) transliterator = open(name, id.Length, 0, null, 0, null, &status);
        if (status > 0) return null;
        var codes = Codes().ToArray();
        var map = new Dictionary<int, int>();
        const int capacity = 16;
        var buffer = stackalloc char[capacity];
        foreach (var code in codes)
        {
            var length = new Rune(code).EncodeToUtf16(new Span<char>(buffer, capacity));
            var limit = length;
            transliterate(transliterator, buffer, &length, capacity, 0, &limit, &status);
            if (status > 0) break;
            if (Rune.DecodeFromUtf16(new ReadOnlySpan<char>(buffer, length), out var rune, out var consumed) == 0 && consumed == length && rune.Value != code) map.Add(code, rune.Value);
        }
        close(transliterator);
        // A character whose simplified form is itself folded follows it, so that folding twice changes nothing.
        foreach (var code in map.Keys.ToArray())
            for (var step = 0; step < 4 && map.TryGetValue(map[code], out var further) && further != code; step++) map[code] = further;
        return status > 0 ? null : (map.ToFrozenDictionary(), "han." + Fingerprint(map));
    }

    private static IEnumerable<int> Codes() => Enumerable.Range(0x3400, 0x4DBF - 0x3400 + 1).Concat(Enumerable.Range(0x4E00, 0x9FFF - 0x4E00 + 1));

    // FNV-1a over the pairs in ascending order.
    private static string Fingerprint(Dictionary<int, int> map)
    {
        var hash = 2166136261u;
        foreach (var (from, to) in map.OrderBy(pair => pair.Key))
            foreach (var value in (int[])[from, to])
                for (var shift = 0; shift < 32; shift += 8) hash = (hash ^ (byte)(value >> shift)) * 16777619u;
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
