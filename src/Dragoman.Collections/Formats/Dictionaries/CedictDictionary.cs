using System.Text.RegularExpressions;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Dictionaries;

/// <summary>
/// A Chinese-English dictionary in CC-CEDICT's format: <c>traditional simplified [pinyin] /gloss/gloss/</c>, comment lines start with <c>#</c>.
/// An entry becomes a row with <c>zh</c>, <c>zh-Hant</c> and the first three glosses that are translations (not notes on variants, surnames or measure words) as <c>en</c>.
/// </summary>
public static partial class CedictDictionary
{
    private const int MaxGlosses = 3;
    private static readonly string[] Notes = ["CL:", "variant of", "old variant", "see ", "surname", "abbr."];

    /// <summary>Reads the entries as rows of parallel text; entries without a translation are left out.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is neither an entry nor a comment.</exception>
    public static IEnumerable<ParallelRow> Read(string path)
    {
        foreach (var line in TextLines.Read(path))
        {
            if (line.Text.Length == 0 || line.Text[0] == '#') continue;
            var entry = Entry().Match(line.Text);
            if (!entry.Success) throw new DataFormatException(path, line.Number, "expected \"traditional simplified [pinyin] /gloss/gloss/\".");
            var glosses = entry.Groups["glosses"].Value.Split('/')
                .Where(gloss => !Notes.Any(note => gloss.StartsWith(note, StringComparison.Ordinal)))
                .Select(gloss => Parenthesis().Replace(gloss, "").Trim())
                .Where(gloss => gloss.Length > 0)
                .Take(MaxGlosses)
                .ToList();
            if (glosses.Count == 0) continue;
            yield return new ParallelRow($"{Path.GetFileName(path)}:{line.Number}", null, new Dictionary<string, string>(3, StringComparer.Ordinal)
            {
                ["zh"] = entry.Groups["simplified"].Value,
                ["zh-Hant"] = entry.Groups["traditional"].Value,
                ["en"] = string.Join("; ", glosses),
            });
        }
    }

    [GeneratedRegex(@"^(?<traditional>\S+) (?<simplified>\S+) \[[^\]]*\] /(?<glosses>.*)/\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Parenthesis();
}
