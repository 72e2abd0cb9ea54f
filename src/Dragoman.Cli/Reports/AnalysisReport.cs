using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Reports;

/// <summary>Prints analyses: as tables, or as a JSON object a line.</summary>
internal sealed class AnalysisReport(TextWriter output, bool json) : IDisposable
{
    private const string Nothing = "-";

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _started;

    /// <summary>Prints one text's way.</summary>
    internal void Write(Analysis analysis)
    {
        if (json) WriteJson(writer => Append(writer, analysis));
        else WriteTable(analysis);
    }

    /// <summary>Prints the terms of a query, those of a passage, and which meet.</summary>
    internal void Write(Analysis query, Analysis passage)
    {
        var terms = Matches(query, passage);
        if (json)
        {
            WriteJson(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("query");
                Append(writer, query);
                writer.WritePropertyName("passage");
                Append(writer, passage);
                writer.WriteStartArray("matches");
                foreach (var (term, _, inPassage) in terms) Append(writer, term, inPassage);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }
        WriteTable(query);
        WriteTable(passage);
        output.WriteLine();
        TextTable.Print(["query term", "from", "in the passage as", "times"],
            [.. terms.Select(term => (string[])[Visible(term.Term), Sources(term.InQuery), Sources(term.InPassage), term.InPassage.Count.ToString(CultureInfo.InvariantCulture)])], 3);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{terms.Count(term => term.InPassage.Count > 0)} of {terms.Count} query terms are in the passage."));
        if (query.Analyzer != passage.Analyzer) output.WriteLine($"The texts were analyzed by {query.Analyzer} and {passage.Analyzer}; one index has both only with the analyzer {PerLanguageAnalyzer.Name}.");
    }

    public void Dispose() => output.Flush();

    private static List<(string Term, List<AnalyzedWord> InQuery, List<AnalyzedWord> InPassage)> Matches(Analysis query, Analysis passage)
    {
        var found = passage.Words.Where(word => word.Term is not null).ToLookup(word => word.Term!, StringComparer.Ordinal);
        return [.. query.Words.Where(word => word.Term is not null).GroupBy(word => word.Term!, StringComparer.Ordinal).Select(group => (group.Key, group.ToList(), found[group.Key].ToList()))];
    }

    private void WriteTable(Analysis analysis)
    {
        if (_started) output.WriteLine();
        _started = true;
        output.WriteLine($"text      {Visible(analysis.Text)}");
        output.WriteLine($"language  {analysis.Language}");
        output.WriteLine($"analyzer  {analysis.Analyzer}");
        output.WriteLine($"folded    {Visible(analysis.Folded)}");
        output.WriteLine();
        // A column in which nothing happens is left out.
        var (respelled, stopped, stemmed) = (analysis.Words.Any(word => word.Respelled != word.Folded), analysis.Words.Any(word => word.IsStopWord), analysis.Words.Any(word => word.Stem != word.Respelled));
        string[] header = ["place", "word", "folded", .. Column(respelled, "script"), .. Column(stopped, "stop word"), .. Column(stemmed, "stem"), "term"];
        TextTable.Print(header, [.. analysis.Words.Select(word => (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"{word.Start}-{word.End}"), Visible(word.Source), Visible(word.Folded), .. Column(respelled, Visible(word.Respelled)),
            .. Column(stopped, word.IsStopWord ? "dropped" : ""), .. Column(stemmed, word.IsStopWord ? "" : Visible(word.Stem)), word.Term is null ? Nothing : Visible(word.Term),
        ])], header.Length);
    }

    private static string[] Column(bool isShown, string cell) => isShown ? [cell] : [];

    private static string Sources(List<AnalyzedWord> words) => words.Count == 0 ? Nothing : string.Join(", ", words.Select(word => Visible(word.Source)).Distinct(StringComparer.Ordinal));

    /// <summary>A text on one line, with characters that one does not see, or that turn others around, as their codes.</summary>
    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                visible.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            else visible.Append(rune);
        }
        return visible.ToString();
    }

    private void WriteJson(Action<Utf8JsonWriter> write)
    {
        _buffer.Clear();
        using (var writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(writer);
        output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        output.Write('\n');
    }

    private static void Append(Utf8JsonWriter writer, Analysis analysis)
    {
        writer.WriteStartObject();
        writer.WriteString("analyzer", analysis.Analyzer);
        writer.WriteString("language", analysis.Language);
        writer.WriteString("text", analysis.Text);
        writer.WriteString("folded", analysis.Folded);
        writer.WriteStartArray("words");
        foreach (var word in analysis.Words) Append(writer, word);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Append(Utf8JsonWriter writer, AnalyzedWord word)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start", word.Start);
        writer.WriteNumber("end", word.End);
        writer.WriteNumber("position", word.Position);
        writer.WriteNumber("width", word.Width);
        writer.WriteString("word", word.Source);
        writer.WriteString("folded", word.Folded);
        writer.WriteString("script", word.Respelled);
        writer.WriteBoolean("stop_word", word.IsStopWord);
        writer.WriteString("stem", word.Stem);
        writer.WriteString("term", word.Term);
        writer.WriteEndObject();
    }

    private static void Append(Utf8JsonWriter writer, string term, List<AnalyzedWord> inPassage)
    {
        writer.WriteStartObject();
        writer.WriteString("term", term);
        writer.WriteStartArray("places");
        foreach (var word in inPassage) writer.WriteNumberValue(word.Start);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
