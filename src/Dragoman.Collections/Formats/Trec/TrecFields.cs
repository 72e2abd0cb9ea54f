using System.Runtime.CompilerServices;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>Splits a line at runs of white space, without copying.</summary>
internal ref struct TrecFields
{
    private ReadOnlySpan<byte> _rest;

    internal TrecFields(ReadOnlySpan<byte> line) => _rest = line;

    /// <summary>The next field; empty when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ReadOnlySpan<byte> Next()
    {
        var start = 0;
        while (start < _rest.Length && IsSpace(_rest[start])) start++;
        var end = start;
        while (end < _rest.Length && !IsSpace(_rest[end])) end++;
        var field = _rest[start..end];
        _rest = _rest[end..];
        return field;
    }

    /// <summary>True for a line that holds no data: empty, white space, or a comment (a lone <c>#</c> as the first field).</summary>
    internal static bool IsBlankOrComment(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[0] > '#') return false;
        var first = new TrecFields(line).Next();
        return first.IsEmpty || first is [(byte)'#'];
    }

    internal static int Count(ReadOnlySpan<byte> line)
    {
        var fields = new TrecFields(line);
        var count = 0;
        while (!fields.Next().IsEmpty) count++;
        return count;
    }

    /// <summary>The line for a message: at most 80 characters, tabs shown as spaces.</summary>
    internal static string Quote(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line).Replace('\t', ' ').Trim();
        return text.Length <= 80 ? $"\"{text}\"" : $"\"{text[..80]}…\"";
    }

    /// <summary>The failure of a line with too many or too few fields.</summary>
    internal static DataFormatException WrongCount(Utf8LineReader reader, ReadOnlySpan<byte> line, int expected, string columns)
    {
        var count = Count(line);
        return reader.Failure($"{count} {(count == 1 ? "field" : "fields")}, expected {expected} ({columns}); found {Quote(line)}.{(count < expected ? " Is the file truncated?" : "")}");
    }

    // C's isspace, which is what trec_eval splits at.
    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);
}
