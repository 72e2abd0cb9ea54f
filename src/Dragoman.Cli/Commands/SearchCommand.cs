using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary><c>search</c>: one query, results a person can read.</summary>
internal static class SearchCommand
{
    private const int DefaultDepth = 10;

    internal static Command Create()
    {
        var (index, model, method, depth) = (SearchOptions.Index(), SearchOptions.Model(), SearchOptions.Method(), SearchOptions.Depth(DefaultDepth));
        var (languages, from, tables) = (SearchOptions.Languages(), SearchOptions.From(), SearchOptions.Tables());
        var (exact, breadth, device) = (SearchOptions.Exact(), SearchOptions.Breadth(), ModelOptions.Device());
        var text = new Argument<string>("QUERY") { Description = "What to search for, in any language. Words in quotation marks must stand together: \"silk road\"; within five places in any order: \"silk road\"~5 (needs an index with --positions)." };
        text.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>())) result.AddError("The query is empty; give a text to search for.");
        });
        var format = new Option<SearchFormat>("--format") { Description = "text (the default) or json.", HelpName = "text|json" };
        var translation = TranslatorOptions.OfQueries();
        var command = new Command("search", "Searches an index and prints the passages found, best first.") { text, index, from, languages, depth, method, format, model, device, tables, exact, breadth };
        foreach (var option in translation.All) command.Options.Add(option);
        command.SetAction((parsed, token) =>
        {
            if (!LanguageTag.TryParse(parsed.GetRequiredValue(from), out var language, out var problem)) throw new ConfigurationException("--from", [problem]);
            var named = parsed.GetValue(method) ?? (translation.IsGiven(parsed) ? "bm25" : null);
            using var engine = EngineOpener.Open(parsed.GetRequiredValue(index), parsed.GetValue(model), named, options: null, parsed.GetValue(tables), ModelOptions.DeviceOf(parsed.GetValue(device)));
            using var translator = translation.OpenForQueries(parsed);
            var translating = translator is null ? null : engine.Translating(named, translator);
            var query = new Query("q", parsed.GetRequiredValue(text).Trim(), language.Value);
            var start = TimeProvider.System.GetTimestamp();
            var options = new RetrievalOptions { Depth = parsed.GetValue(depth), Languages = CommaList.Of(parsed.GetValue(languages)), Exact = parsed.GetValue(exact), Breadth = parsed.GetValue(breadth) };
            var answer = translating is null ? engine.Search(query, named, options, token) : SearchTranslated(engine, query, named, translating, options, token);
            var elapsed = TimeProvider.System.GetElapsedTime(start);
            if (translating is not null)
            {
                TranslatorOptions.WarnOfPhrases(query);
                TranslatorOptions.WarnOfUntranslated(translating);
            }
            if (parsed.GetValue(format) == SearchFormat.Json) ResultWriter.WriteJson(Console.Out, query, answer, elapsed);
            else ResultWriter.WriteText(Console.Out, answer, terminal: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb");
            if (answer.AssumedLanguage is { } assumed) Console.Error.WriteLine(AssumedLanguages.Sentence(assumed));
            if (answer.WhyAtQueryTime is { } reason) Console.Error.WriteLine($"The query was {TranslationOptions.AtQueryTime(reason)}");
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Results.Count} of {Amount.Of(engine.Index.Manifest.Passages, "passage")} by {answer.Method} in {elapsed.TotalMilliseconds:F0} ms."));
            return Task.FromResult(0);
        });
        return command;
    }

    private static SearchAnswer SearchTranslated(SearchEngine engine, Query query, string? method, TranslatingRetriever translating, RetrievalOptions options, CancellationToken token)
    {
        var assumed = engine.AssumedLanguage(query, method);
        return engine.Search(assumed is { } likely ? query with { Language = likely.Language } : query, translating, options, token) with { AssumedLanguage = assumed };
    }
}
