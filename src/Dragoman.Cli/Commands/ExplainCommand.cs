using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Cli.Reports;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Languages;

namespace Dragoman.Cli.Commands;

/// <summary><c>explain</c>: why a passage has its score, term by term.</summary>
internal static class ExplainCommand
{
    private const int MatchesShown = 3, OccurrencesShown = 5;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static Command Create()
    {
        var (index, method, languages, from, weights) = (SearchOptions.Index(), SearchOptions.Method(), SearchOptions.Languages(), SearchOptions.From(), new TermMatchingOptions());
        method.Description = "bm25 (the default), qld, qljm or psq.";
        var (psq, translation) = (new TranslationOptions(), TranslatorOptions.OfQueries());
        var text = new Argument<string>("QUERY") { Description = "The query." };
        text.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>())) result.AddError("The query is empty; give the text whose score is to be explained.");
        });
        var passage = new Option<string>("--passage") { Description = "Id of the passage.", Required = true, HelpName = "ID" };
        var format = new Option<SearchFormat>("--format") { Description = "text (the default) or json.", HelpName = "text|json" };
        var command = new Command("explain", "Says term by term why a passage has its score for a query.") { text, index, passage, method, from, languages, format };
        weights.AddTo(command);
        foreach (var option in psq.All.Concat(translation.All)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (!LanguageTag.TryParse(parsed.GetRequiredValue(from), out var language, out var problem)) throw new ConfigurationException("--from", [problem]);
            var named = parsed.GetValue(method) ?? "bm25";
            psq.RequireUse(parsed, named);
            using var engine = EngineOpener.Open(parsed.GetRequiredValue(index), model: null, named, weights.Of(parsed, named), psq.Named(parsed));
            psq.AddTo(engine, parsed);
            using var translator = translation.OpenForQueries(parsed);
            var translating = translator is null ? null : engine.Translating(named, translator);
            var whole = new Query("q", parsed.GetRequiredValue(text), language.Value);
            if (engine.AssumedLanguage(whole, named) is { } assumed)
            {
                Console.Error.WriteLine(AssumedLanguages.Sentence(assumed));
                whole = whole with { Language = assumed.Language };
            }
            var (id, options, json) = (parsed.GetRequiredValue(passage), new RetrievalOptions { Languages = CommaList.Of(parsed.GetValue(languages)) }, parsed.GetValue(format) == SearchFormat.Json);
            RequireWithin(engine, id, options);
            if (translating is not null)
            {
                TranslatorOptions.WarnOfPhrases(whole);
                if (!json && translating.TranslationOf(whole, id) is { } translated) TranslationWriter.WriteText(Console.Out, translated);
                Write(translating.Explain(whole, id), [], json, WriteText);
                return;
            }
            var asked = PhraseQuery.Parse(whole);
            var query = asked.Query;
            // Expansion looks at what the search finds.
            if (engine.Index.Manifest.Positions) options = options with { Filter = engine.Phrases.Find(asked, options) };
            if (engine.Retriever(named) is PsqRetriever structured) Write(structured.Explain(query, id, options), engine.Phrases.Explain(asked, id), json, WriteText);
            else Write(engine.TermRetriever(named).Explain(engine.TermRetriever(named).TermsOf(query), id, options), engine.Phrases.Explain(asked, id), json, WriteText);
        });
        return command;
    }

    /// <summary>Refuses a passage in a language that is not searched: its score would be explained, and no search would find it.</summary>
    private static void RequireWithin(SearchEngine engine, string passageId, RetrievalOptions options)
    {
        if (options.Languages is not { } languages || !engine.Index.Passages.TryFind(passageId, out var ordinal)) return;
        var language = engine.Index.Passages.Read(ordinal).Language;
        if (!languages.Any(tag => LanguageTag.TryParse(tag, out var parsed, out _) && parsed.Value == language))
            throw new ConfigurationException("--in", [$"passage {passageId} is in {language}, which is not searched; add {language}, or name a passage in {string.Join(", ", languages)}."]);
    }

    private static void Write<T>(T explanation, IReadOnlyList<PhraseExplanation> phrases, bool json, Action<T> writeText)
    {
        if (json)
        {
            var node = JsonSerializer.SerializeToNode(explanation, Json)!;
            if (phrases.Count > 0) node["phrases"] = JsonSerializer.SerializeToNode(phrases, Json);
            Console.Out.WriteLine(node.ToJsonString(Json));
            return;
        }
        writeText(explanation);
        foreach (var phrase in phrases) WriteText(phrase);
    }

    private static void WriteText(PhraseExplanation phrase)
    {
        var count = phrase.Occurrences.Count;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{phrase.Phrase}: {(count == 0 ? "does not occur, so that a search for it does not find the passage" : count == 1 ? "once" : $"{count:N0} times")}{(count > 0 ? $", at {string.Join("; ", phrase.Occurrences.Take(OccurrencesShown).Select(Place))}" : "")}{(count > OccurrencesShown ? FormattableString.Invariant($"; {count - OccurrencesShown:N0} more") : "")}"));

        static string Place(PhraseOccurrence found) => FormattableString.Invariant($"place {found.Position} ({Snippet.OneLine(found.Text)})");
    }

    private static void WriteText(PsqExplanation explanation)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{explanation.PassageId}: {explanation.Score:F4} by psq; {Amount.Of(explanation.Length, "term")}"));
        TextTable.Print(["term", "met by (probability × occurrences)", "weight", "part"],
            explanation.Terms.Select(term => new[] { term.Term, Met(term.Matches), Number(term.QueryWeight), Number(term.Score) }).ToArray(), leftColumns: 2);
    }

    private static string Met(IReadOnlyList<PsqMatch> matches) =>
        string.Join(", ", matches.Take(MatchesShown).Select(match => $"{match.PassageTerm}{Mark(match.Kind)} {Number(match.Probability)} × {match.Frequency}")) + (matches.Count > MatchesShown ? $", {matches.Count - MatchesShown} more" : "");

    private static string Mark(PsqMatchKind kind) => kind switch { PsqMatchKind.Identity => " (same)", PsqMatchKind.Transliteration => " (sounds alike)", PsqMatchKind.BackOff => " (begins alike)", _ => "" };

    private static void WriteText(ScoreExplanation explanation)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{explanation.PassageId}: {explanation.Score:F4} by {explanation.Method}; {Amount.Of(explanation.Length, "term")}, {explanation.AverageLength:F1} on average in {Amount.Of(explanation.PassageCount, "passage")}"));
        Console.Out.WriteLine(explanation.Formula);
        var rarity = explanation.Method.StartsWith("bm25", StringComparison.Ordinal) ? "idf" : "P(t|C)";
        var match = rarity == "idf" ? "saturation" : "ln(…)";
        TextTable.Print(["term", "weight", "tf", "df", "cf", rarity, match, "part"],
            explanation.Terms.Select(term => new[] { term.Term, Number(term.QueryWeight), Number(term.PassageFrequency), Number(term.PassagesWith), Number(term.Occurrences), Number(term.Rarity), Number(term.Match), Number(term.Part) }).ToArray(), leftColumns: 1);
        if (explanation.Base != 0) Console.Out.WriteLine($"base {Number(explanation.Base)}");
    }

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
