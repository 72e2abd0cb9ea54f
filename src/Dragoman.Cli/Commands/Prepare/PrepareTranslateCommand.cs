using System.CommandLine;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators.Passages;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare translate</c>: a collection, or a file of queries, in another language.</summary>
internal static class PrepareTranslateCommand
{
    private const int DefaultBatch = 100;

    internal static Command Create()
    {
        var collection = new Option<string?>("--collection") { Description = "Collection folder whose passages are translated; its queries and judgements are taken over as they are.", HelpName = "DIR" };
        var queries = new Option<string?>("--queries") { Description = "File of queries to translate instead.", HelpName = "FILE" };
        var to = new Option<string>("--to") { Description = "Language to translate into.", Required = true, HelpName = "zh" };
        var from = new Option<string?>("--from") { Description = "Only what is in these languages is translated; all that is not in --to by default. Of queries without a language, the language.", HelpName = "kk,ru" };
        var output = new Option<string>("--output") { Description = "The collection folder to make; of queries, the file (JSON lines).", Required = true, HelpName = "DIR|FILE" };
        var batch = Count("--batch", "Passages that the translator gets at once.", DefaultBatch);
        var parallel = Count("--parallel", "Batches that are translated at the same time.", 1);
        var translation = TranslatorOptions.OfTexts();
        var command = new Command("translate", "Translates the passages of a collection, or queries. What was translated is kept: a stopped run goes on where it was.") { collection, queries, to, from, output, batch, parallel };
        foreach (var option in translation.All) command.Options.Add(option);
        command.SetAction(async (parsed, token) =>
        {
            if (parsed.GetValue(collection) is null == (parsed.GetValue(queries) is null)) throw new ConfigurationException("prepare translate", ["name what to translate: --collection DIR or --queries FILE."]);
            var languages = CommaList.Of(parsed.GetValue(from))?.Select(tag => Language("--from", tag)).ToArray();
            var options = new PassageTranslatorOptions { To = Language("--to", parsed.GetRequiredValue(to)), From = languages, Batch = parsed.GetValue(batch), Parallel = parsed.GetValue(parallel) };
            using var translator = translation.OpenForCollection(parsed);
            var work = new CollectionTranslation(translator, options, translation.Effective(parsed, translator)!, translation.Inputs(parsed));
            if (parsed.GetValue(collection) is { } folder) await work.RunAsync(folder, parsed.GetRequiredValue(output), token).ConfigureAwait(false);
            else await work.RunOnQueriesAsync(parsed.GetValue(queries)!, parsed.GetRequiredValue(output), token).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static string Language(string option, string tag) => LanguageTag.TryParse(tag, out var language, out var problem) ? language.Value : throw new ConfigurationException(option, [problem]);

    private static Option<int> Count(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
        WholeNumber.RequirePositive(option);
        return option;
    }
}
