using Dragoman.Collections;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>What is looked for in every text: nothing in it, too much in it, damaged characters, a label of another language.</summary>
/// <param name="kind">What the texts are: <c>passage</c> or <c>query</c>.</param>
/// <param name="plural">The same in the plural.</param>
/// <param name="path">The file, for examples.</param>
/// <param name="options">What to look for.</param>
/// <param name="found">Where findings go.</param>
internal sealed class TextChecks(string kind, string plural, string path, CheckOptions options, FindingList found)
{
    private readonly LanguageLabels? _labels = options.Identifier is { } identifier ? new LanguageLabels(identifier) : null;

    internal void Check(ScannedText line)
    {
        if (string.IsNullOrWhiteSpace(line.Text) && string.IsNullOrWhiteSpace(line.Title))
        {
            found.Note($"empty-{kind}", () => Place(line));
            return;
        }
        if (line.Title.Length + line.Text.Length >= options.LongCharacters) found.Note($"long-{kind}", () => $"{Place(line)}: {FindingList.Number(line.Title.Length + line.Text.Length)} characters");
        if (Damaged(line.Title) is { } inTitle) found.Note($"replacement-character/{kind}", () => $"{Place(line)}: {inTitle}");
        else if (Damaged(line.Text) is { } inText) found.Note($"replacement-character/{kind}", () => $"{Place(line)}: {inText}");
        if (DoubleEncoded(line.Title) is { } title) found.Note($"double-encoded/{kind}", () => $"{Place(line)}: {title}");
        else if (DoubleEncoded(line.Text) is { } text) found.Note($"double-encoded/{kind}", () => $"{Place(line)}: {text}");
        if (line.Language == LanguageShape.Unknown) found.Note($"language-unknown/{kind}", () => Place(line));
        else if (_labels?.Other(line.Language, line.Title, line.Text) is { } other) found.Note($"language-label/{kind}", () => $"{Place(line)}: labelled {line.Language}, reads as {other}: {Cut(line.Title.Length > 0 ? line.Title : line.Text, 0)}");
    }

    private string Plural { get; } = char.ToUpperInvariant(plural[0]) + plural[1..];

    /// <summary>Makes findings of what was noted.</summary>
    /// <param name="of">How many texts there were.</param>
    internal void Conclude(int of)
    {
        found.Conclude($"empty-{kind}", kind == "query" ? CheckSeverity.Error : CheckSeverity.Warning, of, _ => $"{Plural} without text" + (kind == "query" ? "; every command refuses the file." : "; nothing can find them."));
        found.Conclude($"long-{kind}", CheckSeverity.Warning, of, _ => $"{Plural} of {FindingList.Number(options.LongCharacters)} characters or more; models read the beginning only, so what was judged may be cut off. Split them into passages.");
        found.Conclude($"replacement-character/{kind}", CheckSeverity.Warning, of, _ => $"{Plural} with U+FFFD: characters were lost when the text was decoded with the wrong encoding.");
        found.Conclude($"double-encoded/{kind}", CheckSeverity.Warning, of, _ => $"{Plural} with text that was encoded as UTF-8 twice; its words match nothing. Decode it once more (as ftfy does).");
        found.Conclude($"language-unknown/{kind}", CheckSeverity.Information, of, _ => $"{Plural} without a language ('lang'); analysis and language filters treat them as und.");
        var pairs = _labels?.Pairs() ?? "";
        found.Conclude($"language-label/{kind}", CheckSeverity.Warning, of, count =>
            $"{Plural} that read as another language than their label says: {count} of the {FindingList.Number(_labels!.Checked)} that are long enough and have a known label ({pairs}). Only strong evidence counts; texts in part in another language are among them.");
    }

    private string Place(ScannedText line) => $"{path}, line {line.Line}: {line.Id}";

    private static string? Damaged(string text) => text.IndexOf('\uFFFD', StringComparison.Ordinal) is >= 0 and var at ? Cut(text, at) : null;

    private static string? DoubleEncoded(string text) => Mojibake.IndexIn(text) is >= 0 and var at ? Cut(text, at) : null;

    // A few characters around a place, on one line, surrogate pairs whole.
    private static string Cut(string text, int at)
    {
        var (start, end) = (Math.Max(0, at - 12), Math.Min(text.Length, at + 28));
        if (start > 0 && char.IsLowSurrogate(text[start])) start--;
        if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
        return "\"" + (start > 0 ? "…" : "") + text[start..end].ReplaceLineEndings(" ").Replace('\t', ' ') + (end < text.Length ? "…" : "") + "\"";
    }
}
