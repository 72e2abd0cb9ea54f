using System.Globalization;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Languages;
using Microsoft.AspNetCore.Mvc;

namespace Dragoman.Server.Endpoints;

/// <summary><c>GET /api/search?q=…&amp;from=zh&amp;in=kk,ru&amp;depth=10&amp;method=hybrid</c>: ranked passages for a query.</summary>
internal static class SearchEndpoints
{
    private const int MaxQueryLength = 2000, MaxDepth = 1000, DefaultDepth = 10;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/search", Search);

    private static IResult Search(
        [FromQuery(Name = "q")] string? text, [FromQuery(Name = "from")] string? from, [FromQuery(Name = "in")] string? languages, [FromQuery(Name = "depth")] string? depthText,
        [FromQuery(Name = "method")] string? method, PublishedEngine engines, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(text)) problems["q"] = ["The query is empty; give a text as ?q=…."];
        else if (text.Length > MaxQueryLength) problems["q"] = [$"The query has {text.Length} characters; give at most {MaxQueryLength}."];
        var depth = DefaultDepth;
        if (!string.IsNullOrEmpty(depthText) && (!int.TryParse(depthText, NumberStyles.None, CultureInfo.InvariantCulture, out depth) || depth is < 1 or > MaxDepth))
            problems["depth"] = [$"\"{depthText}\" is not a depth; give a number from 1 to {MaxDepth}."];
        if (!LanguageTag.TryParse(from is null or "" or "auto" ? LanguageTag.Undetermined : from, out var language, out var problem)) problems["from"] = [problem];
        if (problems.Count > 0) return TypedResults.ValidationProblem(problems, "One or more parameters cannot be used.");

        var start = time.GetTimestamp();
        var wanted = languages?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = new RetrievalOptions { Depth = depth, Languages = wanted is { Length: > 0 } ? wanted : null };
        using var lease = engines.Rent();
        var answer = lease.Engine.Search(new Query("q", text!.Trim(), language!.Value), string.IsNullOrEmpty(method) ? null : method, options, cancellationToken);
        var results = answer.Results.Select(result =>
            new ResultReply(result.Rank, result.Score, result.PassageId, result.Language, TextDirection.Of(result.Language), result.Title, result.Snippet));
        return TypedResults.Ok(new SearchReply(text.Trim(), answer.AssumedLanguage?.Language ?? language.Value, answer.AssumedLanguage?.Probability, answer.Method, answer.WhyAtQueryTime, [.. wanted ?? []], Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 2), [.. results]));
    }
}

/// <summary>The answer to a search: the query as understood (with the probability of its language where that was assumed, else null), the method used (with the reason why it did without the PSQ weights of the index, null where it did not), the languages searched (empty for all), the time taken, and what was found.</summary>
internal sealed record SearchReply(string Query, string From, double? FromProbability, string Method, string? WhyAtQueryTime, IReadOnlyList<string> In, double ElapsedMs, IReadOnlyList<ResultReply> Results);

/// <summary>A passage found.</summary>
internal sealed record ResultReply(int Rank, double Score, string Id, string Language, string Dir, string Title, string Snippet);
