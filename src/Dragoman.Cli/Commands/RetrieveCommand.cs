using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
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
            var asked = TopicOptions.Read(parsed.GetRequiredValue(queries), parsed.GetRequiredValue(from), parsed.GetValue(source), parsed.GetValue(fields));
            using var engine = EngineOpener.Open(parsed.GetRequiredValue(index), parsed.GetValue(model), parsed.GetValue(method));
            psq.AddTo(engine, parsed);
            var options = new RetrievalOptions { Depth = parsed.GetValue(depth), Languages = CommaList.Of(parsed.GetValue(languages)) };
            var file = parsed.GetRequiredValue(output);
            var run = Retrieve(engine, asked, parsed.GetValue(method), options, file, token);
            var effective = new JsonObject
            {
                ["method"] = run.Tag,
                ["depth"] = options.Depth,
                ["in"] = options.Languages is { } only ? new JsonArray([.. only.Select(language => (JsonNode)language)]) : null,
                ["from"] = parsed.GetValue(from),
                ["model"] = parsed.GetValue(model),
                ["analyzer"] = engine.Index.Manifest.Analyzer,
                ["encoder"] = engine.Index.Manifest.Encoder,
            };
            RunInput[] inputs = [RunInput.OfStage("index", parsed.GetRequiredValue(index)), RunInput.OfFile("queries", parsed.GetRequiredValue(queries))];
            RunManifest.Write(file, run, "retrieve", effective, engine.Index.Manifest.Inputs is { } sources ? [.. inputs, .. CorpusOf(sources)] : inputs);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Run Retrieve(SearchEngine engine, List<Query> queries, string? method, RetrievalOptions options, string output, CancellationToken token)
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
        return built;
    }

    // What the index was built from, as its manifest says.
    private static IEnumerable<RunInput> CorpusOf(JsonObject sources) =>
        (string?)sources["corpus"] is { } corpus ? [new RunInput { Role = "collection", Path = corpus, Fingerprint = (string?)sources["corpusFingerprint"] }] : [];
}
