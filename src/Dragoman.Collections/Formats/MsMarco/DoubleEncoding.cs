using System.Buffers;
using System.Text;

namespace Dragoman.Collections.Formats.MsMarco;

/// <summary>
/// Undoes double encoding: text whose UTF-8 bytes were read as Latin-1 and encoded again, as in a part of MS MARCO's passages (<c>doesnâ\u0080\u0099t</c>).
/// Every run of two to four letters from U+0080 to U+00FF that is one character's UTF-8 becomes that character, which is what ir_datasets does; anything else stays.
/// </summary>
public static class DoubleEncoding
{
    private static readonly SearchValues<char> Leads = SearchValues.Create([.. Enumerable.Range(0xC2, 0xF4 - 0xC2 + 1).Select(code => (char)code)]);

    /// <summary>Repairs a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself when nothing in it is doubly encoded.</returns>
    public static string Repair(string text)
    {
        var at = text.AsSpan().IndexOfAny(Leads);
        if (at < 0) return text;
        StringBuilder? repaired = null;
        var copied = 0;
        while (at < text.Length)
        {
            if (TryDecode(text.AsSpan(at), out var rune, out var length))
            {
                (repaired ??= new StringBuilder(text.Length)).Append(text, copied, at - copied).Append(rune.ToString());
                at += length;
                copied = at;
            }
            else
            {
                at++;
            }
            var next = text.AsSpan(at).IndexOfAny(Leads);
            if (next < 0) break;
            at += next;
        }
        return repaired is null ? text : repaired.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        length = 0;
        while (length < Math.Min(4, text.Length) && text[length] is >= '\u0080' and <= '\u00FF') bytes[length] = (byte)text[length++];
        return Rune.DecodeFromUtf8(bytes[..length], out rune, out length) == OperationStatus.Done;
    }
}
