using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Text.Languages.Identification;
using Dragoman.Training.LanguageIdentifiers;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman identify</c>: the language of each line of text.</summary>
internal static class IdentifyCommand
{
    internal static Command Create()
    {
        var input = new Option<string?>("--input") { Description = "File of texts, one a line; standard input without it.", HelpName = "FILE" };
        var among = new Option<string[]>("--among") { Description = "Only these languages, separated by commas, and und.", HelpName = "TAGS" };
        var prior = new Option<string[]>("--prior") { Description = "How likely languages are beforehand, relative to 1, as kk=5,ru=2; 0 excludes one.", HelpName = "TAG=WEIGHT" };
        var top = new Option<int>("--top") { Description = "How many languages to name.", HelpName = "N", DefaultValueFactory = _ => 3 };
        WholeNumber.RequirePositive(top);
        var model = new Option<string?>("--model") { Description = "Model folder made by 'dragoman train'; the one that ships without it.", HelpName = "DIR" };
        var evaluate = new Option<bool>("--evaluate") { Description = "The lines are 'language<TAB>text'; prints how often the language is found, by language and length." };
        var command = new Command("identify", "Says which language each line of text is in: a JSON line with the likely languages and their probabilities, und for none that is known.")
        {
            input, among, prior, top, model, evaluate,
        };
        command.SetAction(parsed =>
        {
            var identifier = parsed.GetValue(model) is { } folder ? LanguageIdentifier.Load(folder) : LanguageIdentifier.Shipped;
            var priors = LanguageWeights.Read(parsed.GetValue(among), parsed.GetValue(prior), identifier);
            if (parsed.GetValue(evaluate)) Evaluate(identifier, parsed.GetValue(input) ?? throw new ConfigurationException("--evaluate", ["needs a file; name it with --input FILE."]));
            else Identify(identifier, priors, parsed.GetValue(top), parsed.GetValue(input));
            return 0;
        });
        return command;
    }

    private static void Identify(LanguageIdentifier identifier, LanguagePriors priors, int top, string? input)
    {
        using var lines = new TextLineReader(input is null ? Console.OpenStandardInput() : Collections.Storage.Utf8LineReader.Open(input));
        using var output = new IdentifyWriter(new StandardOutput());
        while (lines.ReadLine() is { } line) output.Write(identifier.Rank(line, top, priors));
    }

    private static void Evaluate(LanguageIdentifier identifier, string path)
    {
        var texts = LabelledText.Read(path).ToList();
        if (texts.Count == 0) throw new DataFormatException(path, 0, "there are no texts; expected lines of a language tag, a tab and the text.");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var measures = IdentificationMeasures.Of(identifier, texts);
        clock.Stop();
        TextTable.Print(["language", .. TextLength.Buckets, "texts"], [.. Rows(measures)], 1);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Amount.Of(texts.Count, "text")}, {texts.Count / clock.Elapsed.TotalSeconds:0} texts/s on one thread; calibration error {measures.CalibrationError:0.000}"));
    }

    private static IEnumerable<string[]> Rows(IdentificationMeasures measures)
    {
        var buckets = Enumerable.Range(0, TextLength.Buckets.Count).ToList();
        for (var language = 0; language < measures.Languages.Count; language++)
        {
            var row = language;
            yield return [measures.Languages[row], .. buckets.Select(bucket => Share(measures.Right[row, bucket], measures.Texts[row, bucket])), Text(buckets.Sum(bucket => measures.Texts[row, bucket]))];
        }
        yield return ["mean", .. buckets.Select(bucket => double.IsNaN(measures.Accuracy(bucket)) ? "-" : measures.Accuracy(bucket).ToString("0.000", CultureInfo.InvariantCulture)), Text(measures.Texts.Cast<int>().Sum())];
    }

    private static string Share(int right, int texts) => texts == 0 ? "-" : ((double)right / texts).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
