using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Reads a record from a line.</summary>
internal delegate T LineParser<out T>(ReadOnlySpan<byte> line);

/// <summary>Files with one record a line.</summary>
internal static class LineRecords
{
    /// <summary>Reads the records from where the reader stands; blank lines are passed over.</summary>
    internal static IEnumerable<T> Read<T>(Utf8LineReader reader, LineParser<T> parse) where T : class
    {
        while (Next(reader, parse) is { } record) yield return record;
    }

    private static T? Next<T>(Utf8LineReader reader, LineParser<T> parse) where T : class
    {
        while (reader.TryRead(out var line))
            if (!line.Trim(" \t"u8).IsEmpty) return parse(line);
        return null;
    }
}
