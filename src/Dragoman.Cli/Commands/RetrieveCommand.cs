using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary><c>retrieve</c>: queries to a TREC run.</summary>
internal static class RetrieveCommand
{
    private const int QueriesPerBatch = 64, DefaultDepth = 1000;

    internal static Command Create()
    {
        var (index, model, method, depth) = (SearchOptions.Index(), SearchOptions.Model(), SearchOptions.Method(), SearchOptions.Depth(DefaultDepth));
        var (languages, from) = (SearchOptions.Languages(), SearchOptions.From());
        from.Description = "Language of queries that carry none, or the one to choose of topics in several; a BCP 47 tag.";
        var (source, fields) = (TopicOptions.Source(), TopicOptions.Fields());
        var queries = new Option<string>("--queries") { Description = "Queries as JSON lines (_id, text, lang), id<TAB>text lines or topics.", Required = true, HelpName = "FILE" };
        var psq = new TranslationOptions();
        var output = new Option<string>("--output") { Description = "TREC run to write.", Required = true, HelpName = "RUN" };
        var command = new Command("retrieve", "Finds passages for every query of a file and writes a TREC run.") { index, queries, method, depth, output, languages, from, source, fields, model };
        foreach (var option in psq.All) command.Options.Add(option);
        command.SetAction((parsed, token) =>
        {
            if (!LanguageTag.TryParse(parsed.GetRequiredValue(from), out _, out var problem)) throw new ConfigurationException("--from", [problem]);
            OutputPath.RequireFile(parsed.GetRequiredValue(output));
            var asked = QueriesFile.Read(parsed.GetRequiredValue(queries), Reading(parsed.GetRequiredValue(from), parsed.GetValue(source), parsed.GetValue(fields))).ToList();
            using var engine = EngineOpener.Open(parsed.GetRequiredValue(index), parsed.GetValue(model), parsed.GetValue(method));
            psq.AddTo(engine, parsed);
            var options = new RetrievalOptions { Depth = parsed.GetValue(depth), Languages = CommaList.Of(parsed.GetValue(languages)) };
            return Task.FromResult(Retrieve(engine, asked, parsed.GetValue(method), options, parsed.GetRequiredValue(output), token));
        });
        return command;
    }

    private static QueryOptions Reading(string from, string? source, string? fields) =>
        new() { Language = from == LanguageShape.Unknown ? null : LanguageCodes.TagOf(from) ?? from, TopicSource = source, TopicFields = TopicOptions.FieldsOf(fields) };

    private static int Retrieve(SearchEngine engine, List<Query> queries, string? method, RetrievalOptions options, string output, CancellationToken token)
    {
        var retriever = engine.Retriever(method);
        using var progress = new StageProgress("Retrieved for", "queries");
        var run = new RunBuilder(retriever.Name);
        for (var first = 0; first < queries.Count; first += QueriesPerBatch)
        {
            var batch = queries.GetRange(first, Math.Min(QueriesPerBatch, queries.Count - first));
            var rankings = retriever.Retrieve(batch, options, token);
            for (var query = 0; query < batch.Count; query++) run.Add(batch[query].Id, rankings[query]);
            progress.Report(first + batch.Count);
        }
        var built = run.Build();
        TrecRun.Write(output, built);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Wrote {built.EntryCount:N0} passages for {built.QueryIds.Count:N0} of {queries.Count:N0} queries, by {retriever.Name}, to {output} in {progress.Elapsed.TotalSeconds:F1} s."));
        return 0;
    }
}
