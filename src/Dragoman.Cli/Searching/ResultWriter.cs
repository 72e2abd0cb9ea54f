using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Collections;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Cli.Searching;

/// <summary>How <c>search</c> prints its results.</summary>
internal enum SearchFormat
{
    /// <summary>For a person.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,
}

/// <summary>Prints search results.</summary>
internal static class ResultWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void WriteJson(TextWriter output, Query query, SearchAnswer answer, TimeSpan elapsed) =>
        output.WriteLine(JsonSerializer.Serialize(new
        {
            Query = query.Text,
            From = answer.AssumedLanguage?.Language ?? query.Language,
            FromProbability = answer.AssumedLanguage is { } assumed ? Math.Round(assumed.Probability, 4) : (double?)null,
            answer.Method,
            answer.WhyAtQueryTime,
            ElapsedMs = Math.Round(elapsed.TotalMilliseconds, 2),
            Results = answer.Results.Select(result => new { result.Rank, result.Score, Id = result.PassageId, result.Language, result.Title, result.Snippet }),
        }, Json));

    /// <summary>A head line and a snippet for each result. On a terminal, texts stand in direction isolates, so that one written right to left leaves the rest of its line alone.</summary>
    internal static void WriteText(TextWriter output, SearchAnswer answer, bool terminal)
    {
        if (answer.Results.Count == 0) output.WriteLine("No passage found.");
        var languageWidth = answer.Results.Select(result => result.Language.Length).DefaultIfEmpty(0).Max();
        foreach (var result in answer.Results)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"{result.Rank,3}  {result.Score:F4}  {result.Language.PadRight(languageWidth)}");
            var title = result.Title.Length > 0 ? Text(result.Title) : $"[{result.PassageId}]";
            output.WriteLine(terminal ? $"\u001b[2m{head}\u001b[0m  \u001b[1m{title}\u001b[0m" : $"{head}  {title}");
            output.WriteLine($"     {Text(result.Snippet)}");
        }

        string Text(string text) => terminal ? $"\u2068{text}\u2069" : text;
    }
}
