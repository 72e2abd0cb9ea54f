using System.CommandLine;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary>How <c>analyze</c> prints.</summary>
internal enum AnalyzeFormat
{
    /// <summary>Tables to read.</summary>
    Table,

    /// <summary>A JSON object a text.</summary>
    Json,
}

/// <summary><c>analyze</c>: every step from a text to its index terms.</summary>
internal static class AnalyzeCommand
{
    internal static Command Create()
    {
        var text = new Argument<string?>("TEXT") { Description = "The text; lines of standard input when it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var analyzer = new Option<string?>("--analyzer")
        {
            Description = $"The analyzer: {MultilingualAnalyzer.Name}, {PerLanguageAnalyzer.Name}, {PlainAnalyzer.Name} or a language, the last with variants such as kk/unstemmed ({string.Join(", ", Analyzers.Variants)}). By default that of the language.",
            HelpName = "NAME",
        };
        var language = new Option<string?>("--language") { Description = "Language of the text, a BCP 47 tag; und by default.", HelpName = "TAG" };
        var match = new Option<string?>("--match") { Description = "A second text, for example a passage, to see which terms of the first it holds.", HelpName = "TEXT" };
        var matchLanguage = new Option<string?>("--match-language") { Description = "Language of the second text; that of the first by default.", HelpName = "TAG" };
        var format = new Option<AnalyzeFormat>("--format") { Description = "table (the default) or json, an object a text.", HelpName = "table|json" };
        var command = new Command("analyze", """
            Shows how a text becomes index terms: the letters after folding, the words with their places in the text, the script they are written in, stop words, stems and terms.
            With --match, shows which terms of the text a second text holds, so that one can see why a passage was found or not.
            """)
        {
            text, analyzer, language, match, matchLanguage, format,
        };
        command.SetAction(parsed =>
        {
            var tag = Tag("--language", parsed.GetValue(language)) ?? LanguageTag.Undetermined;
            var chosen = parsed.GetValue(analyzer) is { } name ? Analyzers.Named(name) : Analyzers.ForLanguage(tag);
            using var report = new AnalysisReport(Console.Out, parsed.GetValue(format) == AnalyzeFormat.Json);
            if (parsed.GetValue(match) is { } passage)
            {
                if (parsed.GetValue(text) is not { } query) throw new ConfigurationException("analyze", ["--match needs the text it is compared with; give it as an argument: dragoman analyze --match PASSAGE QUERY."]);
                var passageTag = Tag("--match-language", parsed.GetValue(matchLanguage)) ?? tag;
                var other = parsed.GetValue(analyzer) is null ? Analyzers.ForLanguage(passageTag) : chosen;
                report.Write(chosen.Explain(query, tag), other.Explain(passage, passageTag));
                return 0;
            }
            if (parsed.GetValue(matchLanguage) is not null) throw new ConfigurationException("--match-language", ["there is no second text; give one with --match."]);
            foreach (var line in parsed.GetValue(text) is { } given ? [given] : Lines()) report.Write(chosen.Explain(line, tag));
            return 0;
        });
        return command;
    }

    private static string? Tag(string option, string? value)
    {
        if (value is null) return null;
        return LanguageTag.TryParse(value, out var tag, out var problem) ? tag.Value : throw new ConfigurationException(option, [problem]);
    }

    private static IEnumerable<string> Lines()
    {
        using var lines = new TextLineReader(Console.OpenStandardInput());
        while (lines.ReadLine() is { } line) yield return line;
    }
}
