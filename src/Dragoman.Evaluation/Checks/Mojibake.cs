namespace Dragoman.Evaluation.Checks;

/// <summary>
/// Finds text that was UTF-8, was taken for Windows-1252 or Latin-1, and was written as UTF-8 again: <c>cafÃ©</c>, <c>Ð¿Ñ€Ð¸</c>, <c>donâ€™t</c>. Looks for characters whose
/// bytes would be UTF-8 of a letter or of punctuation; what real text can hold by chance (<c>Spaß“</c>, <c>MANHÃ”</c>) does not count.
/// </summary>
internal static class Mojibake
{
    // Windows-1252, 0x80 to 0x9F; 0 where the code page has none.
    private const string Windows = "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    /// <summary>Where the first double-encoded part of a text starts; -1 when there is none.</summary>
    internal static int IndexIn(ReadOnlySpan<char> text)
    {
        var previousEnd = -1;
        for (var at = 0; at + 1 < text.Length; at++)
        {
            if (text[at] is < '\u00C2' or > '\u00F4') continue;
            var length = Sequence(text[at..], out var code);
            if (length == 0) continue;
            if (IsCertain(text, at, length, code) || previousEnd == at) return previousEnd == at ? at - 2 : at;
            if (IsLikely(code)) previousEnd = at + length;
            at += length - 1;
        }
        return -1;
    }

    // Punctuation such as ’ needs a euro sign inside a word; accented Latin letters stand after a small letter or at the start of a word.
    private static bool IsCertain(ReadOnlySpan<char> text, int at, int length, int code) =>
        (length == 3 && code is >= 0x2010 and <= 0x2044) || (code is >= 0xC0 and <= 0x17F && !(at > 0 && char.IsUpper(text[at - 1])) && at + 1 < text.Length && !IsClosing(text[at + 1]));

    private static bool IsClosing(char character) => character is '»' or '”' or '’' or '“' or '…' or '–' or '—' or '›';

    // One letter of these may be chance; two in a row are not.
    private static bool IsLikely(int code) => code is (>= 0x370 and <= 0x6FF) or (>= 0x900 and <= 0xE7F) or (>= 0x3041 and <= 0x30FF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3);

    private static int Sequence(ReadOnlySpan<char> text, out int code)
    {
        var lead = text[0];
        var length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        code = lead & (0xFF >> (length + 1));
        if (text.Length < length) return 0;
        for (var i = 1; i < length; i++)
        {
            var value = ByteOf(text[i]);
            if (value is < 0x80 or > 0xBF) return 0;
            code = (code << 6) | (value & 0x3F);
        }
        return code >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000) ? length : 0;
    }

    private static int ByteOf(char character)
    {
        if (character is >= '\u0080' and <= '\u00FF') return character;
        var at = character == 0 ? -1 : Windows.IndexOf(character, StringComparison.Ordinal);
        return at < 0 ? 0 : 0x80 + at;
    }
}
