using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Text.Languages;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>A text whose language is known.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Text">The text, without line breaks and tabs.</param>
/// <param name="Source">Where it comes from, to measure apart: <c>flores200-devtest</c>.</param>
public sealed record LabelledText(string Language, string Text, string Source)
{
    /// <summary>Reads lines <c>language&lt;TAB&gt;text</c>, with a third column for the source or without.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line has no tab, or its language is not a tag of a known language.</exception>
    public static IEnumerable<LabelledText> Read(string path)
    {
        foreach (var line in TextLines.Read(path))
        {
            if (line.Text.Length == 0) continue;
            var fields = line.Text.Split('\t');
            if (fields.Length < 2) throw new DataFormatException(path, line.Number, "found no tab; expected a language tag, a tab and the text.");
            if (!LanguageTag.TryParse(fields[0], out var tag, out var problem)) throw new DataFormatException(path, line.Number, problem);
            yield return new LabelledText(tag.Value, fields[1], fields.Length > 2 ? fields[2] : "");
        }
    }

    /// <summary>Writes such lines.</summary>
    /// <param name="path">The file; replaced when all is written.</param>
    /// <param name="texts">The texts.</param>
    public static void Write(string path, IEnumerable<LabelledText> texts) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var text in texts) writer.WriteLine($"{text.Language}\t{text.Text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ')}\t{text.Source}");
    });
}
