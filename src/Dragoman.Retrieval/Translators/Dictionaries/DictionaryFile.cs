using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Dictionaries;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.Translators.Dictionaries;

/// <summary>
/// A file of words with their translations: TSV with a header of two languages (see <see cref="TsvDictionary"/>), CC-CEDICT (see <see cref="CedictDictionary"/>), or JSON lines of names (see <see cref="ParallelText"/>). Its
/// content says which. It can be used from any of its languages to any other.
/// </summary>
internal sealed class DictionaryFile
{
    private const string Infinitive = "to ";
    private readonly bool _isCedict;
    private readonly Func<string, IEnumerable<ParallelRow>> _read;

    private DictionaryFile(string path, IReadOnlyList<string> languages, bool isCedict, Func<string, IEnumerable<ParallelRow>> read) => (Path, Languages, _isCedict, _read) = (path, languages, isCedict, read);

    internal string Path { get; }

    /// <summary>Its languages, in the order of the file.</summary>
    internal IReadOnlyList<string> Languages { get; }

    /// <summary>Looks at a file.</summary>
    /// <exception cref="DataFormatException">It is in none of the formats.</exception>
    internal static DictionaryFile Open(string path)
    {
        var first = FirstLine(path) ?? throw new DataFormatException(path, 0, "the dictionary is empty; expected TSV with a header of two languages, or CC-CEDICT.");
        if (first.TrimStart().StartsWith('{')) return new DictionaryFile(path, [.. ParallelText.Read(path).SelectMany(row => row.Texts.Keys).Distinct(StringComparer.Ordinal)], false, ParallelText.Read);
        if (!first.Contains('\t', StringComparison.Ordinal) && first.Contains(" /", StringComparison.Ordinal)) return new DictionaryFile(path, ["zh", "zh-Hant", "en"], true, CedictDictionary.Read);
        var entry = TsvDictionary.Read(path).FirstOrDefault() ?? throw new DataFormatException(path, 0, "the dictionary has no entries; expected TSV with a header of two languages, or CC-CEDICT.");
        return new DictionaryFile(path, [.. entry.Texts.Keys], false, TsvDictionary.Read);
    }

    /// <summary>The language of the file that serves a language: the tag itself, else its primary language; null when there is none.</summary>
    internal string? LanguageFor(string tag) => Languages.Contains(tag) ? tag : LanguageTag.Parse(tag).Language is var primary && Languages.Contains(primary) ? primary : null;

    /// <summary>Headwords and their translations, a pair a translation, in the order of the file.</summary>
    internal IEnumerable<(string Headword, string Translation)> Entries(string from, string to)
    {
        foreach (var row in _read(Path))
        {
            if (!row.Texts.TryGetValue(from, out var source) || !row.Texts.TryGetValue(to, out var target)) continue;
            foreach (var headword in Senses(source, from))
                foreach (var translation in Senses(target, to)) yield return (headword, translation);
        }
    }

    // CC-CEDICT writes verbs as "to run": the particle is neither looked up nor wanted in a query.
    private IEnumerable<string> Senses(string text, string language) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(sense => _isCedict && language == "en" && sense.StartsWith(Infinitive, StringComparison.Ordinal) ? sense[Infinitive.Length..].TrimStart() : sense).Where(sense => sense.Length > 0);

    private static string? FirstLine(string path) => TextLines.Read(path).Select(line => line.Text).FirstOrDefault(line => line.Trim().Length > 0 && line[0] != '#');
}
