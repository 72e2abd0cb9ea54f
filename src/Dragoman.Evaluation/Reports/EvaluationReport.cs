using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports.Sections;

namespace Dragoman.Evaluation.Reports;

/// <summary>Makes the report of an evaluation: measures with significance, queries, languages, training, and where the numbers come from.</summary>
public static class EvaluationReport
{
    /// <summary>Makes the report. The same input gives the same report, whatever the number of threads.</summary>
    /// <param name="input">What to report; its passages are streamed twice and its queries once, and only what is shown is kept.</param>
    /// <exception cref="ConfigurationException">The options of evaluation or comparison cannot be used.</exception>
    /// <exception cref="DataFormatException">The passages or queries are malformed.</exception>
    /// <exception cref="ArgumentException">There is no system or measure, two systems share a name, or no system has the baseline's name.</exception>
    public static ReportDocument Make(ReportInput input)
    {
        if (input.Systems.Count == 0) throw new ArgumentException("There is no system.", nameof(input));
        if (input.Measures.Count == 0) throw new ArgumentException("There is no measure.", nameof(input));
        if (input.Systems.DistinctBy(system => system.Name, StringComparer.Ordinal).Count() < input.Systems.Count) throw new ArgumentException("Two systems share a name.", nameof(input));
        if (input.Comparison.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("report", problems);

        var texts = new ReportTexts(input);
        var numbers = new ReportNumbers(input, texts.Languages);
        var queries = new QuerySection(input, numbers);
        texts.Read(input.Passages, queries.Shown.SelectMany(query => query.PassageIds).ToHashSet(StringComparer.Ordinal));
        var sections = new List<ReportSection> { MeasureSection.Of(input, numbers), DifferenceSection.Of(numbers), LanguageSection.Of(input, numbers, texts) };
        if (input.Training.Count > 0) sections.Add(TrainingSection.Of(input.Training));
        if (SamplingSection.Of(input.Training) is { } sampling) sections.Add(sampling);
        sections.Add(queries.With(texts));
        sections.Add(OriginSection.Of(input, numbers));
        return new ReportDocument(input.Title, Lead(input, numbers), sections);
    }

    private static List<string> Lead(ReportInput input, ReportNumbers numbers)
    {
        var names = string.Join(", ", numbers.Systems.Select(system => system.Name));
        var compared = numbers.Others.Count == 0 ? $"One system: {names}." : $"{Count(numbers.Systems.Count, "system")}: {names}; the baseline is {numbers.Baseline.Name}.";
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{input.Date.UtcDateTime:yyyy-MM-dd HH:mm} UTC, Dragoman {OriginSection.Version}"),
            $"{compared} {Count(input.Qrels.QueryIds.Count, "judged query", "judged queries")}, {Count(input.Qrels.JudgementCount, "judgement")}.",
        ];
    }

    private static string Count(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
