using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary><c>retrieve</c>: queries to a TREC run.</summary>
internal static class RetrieveCommand
{
    private const int QueriesPerBatch = 64, DefaultDepth = 1000;

    internal static Command Create()
    {
        var (index, model, method, depth) = (SearchOptions.Index(), SearchOptions.Model(), SearchOptions.Method(), SearchOptions.Depth(DefaultDepth));
        var (languages, from, weights) = (SearchOptions.Languages(), SearchOptions.From(), new TermMatchingOptions());
        var (exact, breadth, device) = (SearchOptions.Exact(), SearchOptions.Breadth(), ModelOptions.Device());
        from.Description = "Language of queries that carry none, or the one to choose of topics in several; a BCP 47 tag.";
        var (source, fields) = (TopicOptions.Source(), TopicOptions.Fields());
        var queries = new Option<string>("--queries") { Description = "Queries as JSON lines (_id, text, lang), id<TAB>text lines or topics.", Required = true, HelpName = "FILE" };
        var (psq, translation) = (new TranslationOptions(), TranslatorOptions.OfQueries());
        var output = new Option<string>("--output") { Description = "TREC run to write.", Required = true, HelpName = "RUN" };
        var weighted = new Option<bool>("--weighted") { Description = "Words of queries carry weights: camel^2 road^0.5 (bm25, qld, qljm)." };
        var pairs = new Option<string?>("--pairs") { Description = "Score the passages of this run instead of searching (bm25, qld, qljm).", HelpName = "RUN" };
        var phrases = new Option<bool>("--phrases") { Description = "Words of queries in quotation marks must stand together in passages, \"silk road\", or within some places in any order, \"silk road\"~5; for an index with --positions." };
        var command = new Command("retrieve", "Finds passages for every query of a file and writes a TREC run.") { index, queries, method, depth, output, languages, from, source, fields, model, device, exact, breadth, weighted, phrases, pairs };
        command.Validators.Add(result =>
        {
            if (result.GetValue(phrases) && result.GetValue(pairs) is not null) result.AddError("--phrases filters what a search finds, and --pairs searches for nothing; leave one out.");
        });
        weights.AddTo(command);
        foreach (var option in psq.All.Concat(translation.All)) command.Options.Add(option);
        command.SetAction((parsed, token) =>
        {
            if (!LanguageTag.TryParse(parsed.GetRequiredValue(from), out _, out var problem)) throw new ConfigurationException("--from", [problem]);
            OutputPath.RequireFile(parsed.GetRequiredValue(output));
            var asked = TopicOptions.Read(parsed.GetRequiredValue(queries), parsed.GetRequiredValue(from), parsed.GetValue(source), parsed.GetValue(fields));
            if (translation.IsGiven(parsed) && parsed.GetValue(weighted)) throw new ConfigurationException("--translate", ["words with weights (--weighted) are not translated; leave one of the two out."]);
            if (translation.IsGiven(parsed) && parsed.GetValue(phrases)) throw new ConfigurationException("--translate", ["a phrase (--phrases) is looked for as it is written, and not in its translation; leave one of the two out."]);
            var named = parsed.GetValue(method) ?? (translation.IsGiven(parsed) || weights.Expands(parsed) || parsed.GetValue(weighted) || parsed.GetValue(pairs) is not null ? "bm25" : null);
            var candidates = parsed.GetValue(pairs) is { } path ? RunFile.Read(path) : null;
            using var engine = EngineOpener.Open(parsed.GetRequiredValue(index), parsed.GetValue(model), named, weights.Of(parsed, named), psq.Named(parsed), ModelOptions.DeviceOf(parsed.GetValue(device)));
            psq.AddTo(engine, parsed);
            psq.RequireUse(parsed, named ?? engine.Retriever(null).Name);
            using var translator = translation.OpenForQueries(parsed);
            var translating = translator is null ? null : engine.Translating(named, translator);
            var assumed = new AssumedLanguages(engine, named);
            asked = assumed.Complete(asked);
            var options = new RetrievalOptions { Depth = parsed.GetValue(depth), Languages = CommaList.Of(parsed.GetValue(languages)), Exact = parsed.GetValue(exact), Breadth = parsed.GetValue(breadth) };
            var file = parsed.GetRequiredValue(output);
            var terms = parsed.GetValue(weighted) || candidates is not null ? engine.TermRetriever(named) : null;
            if (named == "psq") psq.TellWhyAtQueryTime(engine, parsed, asked.Select(query => query.Language));
            var run = candidates is null
                ? Retrieve(engine, translating ?? engine.Retriever(named), asked, terms, parsed.GetValue(phrases), options, token)
                : Score(engine, asked, translating, terms!, parsed.GetValue(weighted), options, candidates, parsed.GetValue(pairs)!, token);
            if (translating is not null) TranslatorOptions.WarnOfUntranslated(translating);
            TrecRun.Write(file, run);
            Console.Error.WriteLine(run.EntryCount == 0 ? $"warning: no passage was found for any query, so that {file} is empty." : $"Wrote {file}.");
            var effective = new JsonObject
            {
                ["method"] = run.Tag,
                ["depth"] = options.Depth,
                ["in"] = options.Languages is { } only ? new JsonArray([.. only.Select(language => (JsonNode)language)]) : null,
                ["from"] = parsed.GetValue(from),
                ["assumed_languages"] = assumed.Effective(),
                ["model"] = parsed.GetValue(model),
                ["exact"] = options.Exact,
                ["breadth"] = options.Breadth,
                ["weights"] = weights.Effective(parsed),
                ["psq"] = run.Tag == "psq" ? psq.Effective(engine, parsed, asked.Select(query => query.Language).Distinct(StringComparer.Ordinal)) : null,
                ["translation"] = translation.Effective(parsed, translator),
                ["weighted"] = parsed.GetValue(weighted),
                ["phrases"] = parsed.GetValue(phrases),
                ["analyzer"] = engine.Index.Manifest.Analyzer,
                ["encoder"] = engine.Index.Manifest.Encoder,
                ["generation"] = engine.Index.Manifest.Generation,
            };
            RunInput[] inputs =
            [
                RunInput.OfStage("index", parsed.GetRequiredValue(index)), RunInput.OfFile("queries", parsed.GetRequiredValue(queries)),
                .. run.Tag == "psq" ? [RunInput.OfStage("translation-table", psq.FolderOf(engine, parsed)!)] : Array.Empty<RunInput>(),
                .. engine.Index.Vectors is not null && !SearchOptions.MatchesTerms(named) ? [EncoderOf(engine, parsed.GetValue(model))] : Array.Empty<RunInput>(),
                .. translation.Inputs(parsed),
                .. parsed.GetValue(pairs) is { } scored ? [RunInput.OfRun(scored)] : Array.Empty<RunInput>(),
            ];
            RunManifest.Write(file, run, "retrieve", effective, engine.Index.Manifest.Inputs is { } sources ? [.. inputs, .. CorpusOf(sources)] : inputs);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Run Retrieve(SearchEngine engine, IRetriever retriever, List<Query> queries, ITermRetriever? terms, bool phrases, RetrievalOptions options, CancellationToken token)
    {
        using var progress = new StageProgress("Retrieved for", "queries");
        var run = new RunBuilder(retriever.Name);
        for (var first = 0; first < queries.Count; first += QueriesPerBatch)
        {
            var batch = queries.GetRange(first, Math.Min(QueriesPerBatch, queries.Count - first));
            var rankings = phrases ? RankPhrases([.. batch.Select(query => PhraseQuery.Parse(query, weighted: terms is not null))]) : Rank(batch, options);
            for (var query = 0; query < batch.Count; query++) run.Add(batch[query].Id, rankings[query]);
            progress.Report(first + batch.Count);
        }
        var built = run.Build();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Found {Amount.Of(built.EntryCount, "passage")} for {built.QueryIds.Count:N0} of {Amount.Of(queries.Count, "query")} by {retriever.Name} in {progress.Elapsed.TotalSeconds:F1} s."));
        return built;

        IReadOnlyList<IReadOnlyList<RankedPassage>> Rank(IReadOnlyList<Query> asked, RetrievalOptions of) =>
            terms is null ? retriever.Retrieve(asked, of, token) : terms.RetrieveWeighted([.. asked.Select(query => WeightedText.Parse(query, terms))], of, token);

        // Queries with phrases have a filter each, the others are answered together.
        IReadOnlyList<IReadOnlyList<RankedPassage>> RankPhrases(PhraseQuery[] asked)
        {
            var plain = new Queue<IReadOnlyList<RankedPassage>>(Rank([.. asked.Where(query => query.Phrases.Count == 0).Select(query => query.Query)], options));
            return [.. asked.Select(query => query.Phrases.Count == 0 ? plain.Dequeue() : Rank([query.Query], options with { Filter = engine.Phrases.Find(query, options, token) })[0])];
        }
    }

    private static Run Score(SearchEngine engine, List<Query> queries, TranslatingRetriever? translating, ITermRetriever retriever, bool weighted, RetrievalOptions options, Run candidates, string path, CancellationToken token)
    {
        var known = queries.ToDictionary(query => query.Id, StringComparer.Ordinal);
        if (candidates.QueryIds.FirstOrDefault(id => !known.ContainsKey(id)) is { } unknown) throw new DragomanException($"{path} has passages for query {unknown}, which has no text; was it made for other queries?");
        var missing = Enumerable.Range(0, candidates.Passages.Count).Select(passage => candidates.Passages[passage]).Where(id => !engine.Index.Passages.TryFind(id, out _)).ToList();
        if (missing.Count > 0) throw new DragomanException($"{path} names {Amount.Of(missing.Count, "passage")} that index {engine.Index.FolderPath} lacks, the first is {missing[0]}; was it made over another index?");
        using var progress = new StageProgress("Scored for", "queries");
        var run = new RunBuilder(translating?.Name ?? retriever.Name);
        foreach (var id in candidates.QueryIds)
        {
            token.ThrowIfCancellationRequested();
            var passages = candidates.Ranking(id).Select(passage => passage.PassageId).ToArray();
            var scores = translating?.Score(known[id], passages, token) ?? retriever.Score(weighted ? WeightedText.Parse(known[id], retriever).Terms : retriever.TermsOf(known[id]), passages, options);
            for (var place = 0; place < passages.Length; place++) run.Add(id, passages[place], scores[place]);
        }
        var built = run.Build();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Scored {Amount.Of(built.EntryCount, "passage")} for {Amount.Of(built.QueryIds.Count, "query")} by {built.Tag} in {progress.Elapsed.TotalSeconds:F1} s."));
        return built;
    }

    // With what it was selected by, so that a number measured on the same judgements is doubted.
    private static RunInput EncoderOf(SearchEngine engine, string? model) =>
        RunInput.OfStage("model", EngineOpener.ModelFolder(engine.Index, model, IndexConfiguration.Of(engine.Index.Config, Analyzers.Default).Model));

    // What the index was built from, as its manifest says.
    private static IEnumerable<RunInput> CorpusOf(JsonObject sources) =>
        (string?)sources["corpus"] is { } corpus ? [new RunInput { Role = "collection", Path = corpus, Fingerprint = (string?)sources["corpusFingerprint"] }] : [];
}
