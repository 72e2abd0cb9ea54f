using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare collection</c>: files of any format as a collection folder.</summary>
internal static class PrepareCollectionCommand
{
    internal static Command Create()
    {
        var documents = Files("--documents", "Files, folders or archives of documents; LANGUAGE=FILE sets the language of one.", "[LANG=]FILE", required: true);
        var queries = Files("--queries", "Files of queries or topics; LANGUAGE=FILE sets the language of one.", "[LANG=]FILE");
        var qrels = Files("--qrels", "Files of judgements; SPLIT=FILE names the split, which is otherwise taken from the file's name. CLIRMatrix's are read from --queries when this is left out.", "[SPLIT=]FILE");
        var format = new Option<string?>("--format") { Description = $"Format of all files, when their content does not tell: {string.Join(", ", CollectionFormat.Detected.Select(known => known.Name))}.", HelpName = "NAME" };
        var language = new Option<string?>("--language") { Description = "Language of documents that name none; taken from publishers' file names when left out.", HelpName = "kk" };
        var queryLanguage = new Option<string?>("--query-language") { Description = "Language of queries that name none, or the one to choose of topics in several; taken from publishers' file names when left out.", HelpName = "zh" };
        var (source, fields, candidates, repair, iteration) = (TopicOptions.Source(), TopicOptions.Fields(), Candidates(), Repair(), TopicOptions.Iteration());
        var output = new Option<string>("--output") { Description = "The collection folder to make.", Required = true, HelpName = "DIR" };
        var command = new Command("collection", "Files of CLIRMatrix, TREC, NeuCLIR, MIRACL, Mr.TyDi, MS MARCO, BEIR and others as a collection folder.")
        {
            documents, queries, qrels, format, language, queryLanguage, source, fields, iteration, repair, candidates, output,
        };
        command.SetAction(parsed =>
        {
            CollectionFormat.Require(parsed.GetValue(format));
            var documentTag = TopicOptions.Language("--language", parsed.GetValue(language));
            var queryTag = TopicOptions.Language("--query-language", parsed.GetValue(queryLanguage));
            var preparation = new CollectionPreparation
            {
                Documents = [.. (parsed.GetValue(documents) ?? []).Select(file => NamedFile.WithLanguage(file, documentTag))],
                Queries = [.. (parsed.GetValue(queries) ?? []).Select(file => NamedFile.WithLanguage(file, queryTag))],
                Qrels = [.. (parsed.GetValue(qrels) ?? []).Select(NamedFile.WithSplit)],
                Passages = new PassageOptions { Format = parsed.GetValue(format), RepairEncoding = parsed.GetValue(repair) },
                Topics = new QueryOptions
                {
                    Format = parsed.GetValue(format),
                    RepairEncoding = parsed.GetValue(repair),
                    TopicSource = parsed.GetValue(source),
                    TopicFields = TopicOptions.FieldsOf(parsed.GetValue(fields)),
                },
                Iteration = parsed.GetValue(iteration),
                Candidates = parsed.GetValue(candidates),
            };
            preparation.Run(parsed.GetRequiredValue(output));
            return 0;
        });
        return command;
    }

    private static Option<string[]> Files(string name, string description, string help, bool required = false) =>
        new(name) { Description = description, Required = required, HelpName = help, AllowMultipleArgumentsPerToken = true };

    private static Option<bool> Candidates() => new("--candidates") { Description = "Also write candidates.run: the judged passages that have a document, all with score 0 (CLIRMatrix)." };

    private static Option<bool> Repair() => new("--repair-encoding") { Description = "Undo the double encoding that a part of MS MARCO's text has." };
}
