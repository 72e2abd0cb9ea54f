using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Dictionaries;

/// <summary>
/// A bilingual dictionary as TSV: a header line whose first two columns are language tags (<c>en</c>, <c>kk</c>), then an entry a line; further columns
/// (part of speech, direction) are not translations and are passed over.
/// </summary>
public static class TsvDictionary
{
    /// <summary>Reads the entries as rows of parallel text; entries with an empty side are left out.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: the header names no two languages, or a line has fewer columns than two.</exception>
    public static IEnumerable<ParallelRow> Read(string path)
    {
        string[]? languages = null;
        foreach (var line in TextLines.Read(path))
        {
            var cells = line.Text.Split('\t');
            if (cells.Length < 2) throw new DataFormatException(path, line.Number, $"{cells.Length} column, expected at least two separated by tabs.");
            if (languages is null)
            {
                languages = [Language(path, line.Number, cells[0]), Language(path, line.Number, cells[1])];
                continue;
            }
            var (left, right) = (cells[0].Trim(), cells[1].Trim());
            if (left.Length == 0 || right.Length == 0) continue;
            yield return new ParallelRow($"{Path.GetFileName(path)}:{line.Number}", null, new Dictionary<string, string>(2, StringComparer.Ordinal) { [languages[0]] = left, [languages[1]] = right });
        }
    }

    private static string Language(string path, long line, string cell) =>
        LanguageShape.Normalise(cell.Trim()) ?? throw new DataFormatException(path, line, $"the header's column \"{cell}\" is not a language tag; expected a line such as \"en\tkk\tpos\".");
}
