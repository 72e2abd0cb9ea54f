using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>A line of a text file.</summary>
/// <param name="Number">Line number, from 1.</param>
/// <param name="Text">The line without its end.</param>
public readonly record struct TextLine(int Number, string Text);

/// <summary>Text files as a stream of numbered lines; see <see cref="Utf8LineReader"/> for compression, line ends, and encoding.</summary>
public static class TextLines
{
    /// <summary>Reads a file line by line.</summary>
    /// <param name="path">The file; plain or gzip-compressed, strict UTF-8.</param>
    /// <returns>Every line in order, empty ones included.</returns>
    /// <exception cref="DragomanException">There is no such file; when enumerated.</exception>
    /// <exception cref="DataFormatException">A line is not UTF-8; when enumerated.</exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        while (Next(reader) is { } text) yield return new TextLine(reader.LineNumber, text);
    }

    private static string? Next(Utf8LineReader reader) => reader.TryRead(out var line) ? Encoding.UTF8.GetString(line) : null;
}
