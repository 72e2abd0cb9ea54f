using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary><c>translate</c>: shows what a translator makes of a text.</summary>
internal static class TranslateCommand
{
    private const int LinesAtOnce = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private enum TranslateFormat
    {
        Text,
        Pieces,
        Json,
    }

    internal static Command Create()
    {
        var text = new Argument<string?>("TEXT") { Description = "The text; lines of standard input without it.", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<string>("--from") { Description = "Language of the text, a BCP 47 tag.", HelpName = "zh", Required = true };
        var to = new Option<string>("--to") { Description = "Language to translate into.", HelpName = "en", Required = true };
        var format = new Option<TranslateFormat>("--format") { Description = "text (the default), pieces (every word or phrase with its translations and their weights) or json.", HelpName = "text|pieces|json" };
        var translation = TranslatorOptions.OfTexts();
        var command = new Command("translate", "Translates a text, or lines of text, by a table, a dictionary, a program or a service, to see what they do.") { text, from, to, format };
        foreach (var option in translation.All) command.Options.Add(option);
        command.SetAction(async (parsed, token) =>
        {
            var (source, target) = (Language("--from", parsed.GetRequiredValue(from)), Language("--to", parsed.GetRequiredValue(to)));
            using var translator = translation.OpenForTexts(parsed);
            if (!await translator.SupportsAsync(source, target, token).ConfigureAwait(false)) throw new ConfigurationException("translate", [$"there is no translation from {source} to {target} by {translator.Identity}."]);
            var failed = 0;
            foreach (var lines in Texts(parsed.GetValue(text)).Chunk(LinesAtOnce))
            {
                var translated = await translator.TranslateAsync(lines, source, target, token).ConfigureAwait(false);
                for (var line = 0; line < lines.Length; line++) failed += Write(lines[line], translated[line], parsed.GetValue(format)) ? 0 : 1;
            }
            return failed == 0 ? 0 : 1;
        });
        return command;
    }

    private static string Language(string option, string tag) => LanguageTag.TryParse(tag, out var language, out var problem) ? language.Value : throw new ConfigurationException(option, [problem]);

    private static IEnumerable<string> Texts(string? text)
    {
        if (text is not null)
        {
            yield return text;
            yield break;
        }
        using var lines = new TextLineReader(Console.OpenStandardInput());
        while (lines.ReadLine() is { } line) yield return line;
    }

    /// <summary>Prints a translation; a line without one stays empty, so that lines stay side by side, and stderr says why.</summary>
    /// <returns>Whether there was one, or nothing to translate.</returns>
    private static bool Write(string text, TranslatedText translation, TranslateFormat format)
    {
        var isEmpty = string.IsNullOrWhiteSpace(text);
        if (translation.Problem is { } problem && !isEmpty) Console.Error.WriteLine($"\"{text}\" {problem}.");
        if (format == TranslateFormat.Json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new { Text = text, Translation = translation.Problem is null ? translation.Text : null, translation.Problem, translation.Pieces }, Json));
        else if (format == TranslateFormat.Pieces) TranslationWriter.WriteText(Console.Out, translation);
        else Console.Out.WriteLine(translation.Text);
        return translation.Problem is null || isEmpty;
    }
}
