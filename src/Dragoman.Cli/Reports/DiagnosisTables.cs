using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Training.Diagnostics;

namespace Dragoman.Cli.Reports;

/// <summary>Prints a diagnosis: tables, then what was found, with cause and cure.</summary>
internal static class DiagnosisTables
{
    private const int LineWidth = 110;
    private static readonly string[] Translations = ["recall@1", "auc", "positive_cosine", "negative_cosine", "mean_cosine", "uniformity", "effective_rank", "isoscore", "partition_isotropy", "language_bias", "language_accuracy"];

    internal static void Print(EncoderDiagnosis diagnosis)
    {
        var changes = DiagnosisJson.Of(diagnosis)["what_if"]!.AsArray();
        Heading(string.Create(CultureInfo.InvariantCulture, $"Pairs against mismatches ({diagnosis.Queries:N0} queries, {diagnosis.Passages:N0} passages; in brackets: centred)"));
        TextTable.Print(["queries > passages", "pairs", "pairs' cosine", "mismatches'", "gap", "AUC", "recall@1", "alignment"], [.. diagnosis.Pairs.Select(Row)], 1);
        Heading(string.Create(CultureInfo.InvariantCulture, $"How vectors fill their {diagnosis.Languages[0].Spread.Dimension} dimensions (in brackets: centred)"));
        TextTable.Print(["language", "texts", "mean cosine", "uniformity", "eff. rank", "part. ratio", "IsoScore", "partition isotropy"],
            [.. diagnosis.Languages.Select(language => language.Spread).Zip(diagnosis.Languages, (spread, language) => (string[])
            [
                language.Language, spread.Count.ToString(CultureInfo.InvariantCulture), Both(spread.MeanCosine, spread.CentredMeanCosine), Both(spread.Uniformity, spread.CentredUniformity), One(spread.EffectiveRank), One(spread.ParticipationRatio),
                Fixed(spread.IsoScore), Both(spread.PartitionIsotropy, spread.CentredPartitionIsotropy),
            ])], 1);
        if (diagnosis.Trace is { } trace)
        {
            Heading(string.Create(CultureInfo.InvariantCulture, $"Language bias (nearest centroid tells the language of {100 * trace.Accuracy:0.0}%, guessing {100 * trace.Chance:0.0}%)"));
            TextTable.Print(["", .. trace.Languages], [.. trace.Languages.Select((language, a) => (string[])[language, .. trace.Bias[a].Select((bias, b) => a == b ? "" : Fixed(bias))])], 1);
        }
        Heading("What could be done without training (fitted on one half, measured on the other)");
        string[] columns = [.. changes[0]!.AsObject().Select(field => field.Key).Skip(1)];
        TextTable.Print(["vectors", .. columns.Select(column => column.Replace('_', ' '))], [.. changes.Select(change => (string[])[(string)change!["change"]!, .. columns.Select(column => Fixed((double)change[column]!))])], 1);
        Console.Out.WriteLine();
        Console.Out.WriteLine(DiagnosisReport.Verdict(diagnosis));
        foreach (var finding in diagnosis.Findings)
        {
            Wrapped($"{(finding.IsAlarm ? "ALARM" : "note")}, {finding.Where}: {finding.What}.", "");
            Wrapped($"cause: {finding.Cause}", "  ");
            Wrapped($"cure:  {finding.Cure}", "  ");
        }
    }

    /// <summary>Prints how translations are found.</summary>
    internal static void Print(JsonArray pairs) => TextTable.Print(
        ["pair", "rows", .. Translations.Select(column => column.Replace('_', ' '))],
        [.. pairs.Select(pair => (string[])[$"{pair!["from"]}>{pair["to"]}", $"{pair["pairs"]}", .. Translations.Select(column => Fixed((double)pair[column]!))])], 1);

    private static void Heading(string text)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(text);
    }

    private static void Wrapped(string text, string indent)
    {
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > LineWidth && line.Trim().Length > 0)
            {
                Console.Out.WriteLine(line);
                line = indent + "       ";
            }
            line += line.Length == 0 || line.EndsWith(' ') ? word : " " + word;
        }
        Console.Out.WriteLine(line);
    }

    private static string[] Row(DiagnosedPair pair) =>
    [
        pair.From == pair.To && pair.From == "all" ? "all" : $"{pair.From} > {pair.To}", pair.Raw.Pairs.ToString(CultureInfo.InvariantCulture), Fixed(pair.Raw.PositiveCosine), Fixed(pair.Raw.NegativeCosine), Both(pair.Raw.Gap, pair.Centred.Gap),
        Both(pair.Raw.Auc, pair.Centred.Auc), Both(pair.Raw.RecallAt1, pair.Centred.RecallAt1), Both(pair.Raw.Alignment, pair.Centred.Alignment),
    ];

    private static string Both(double raw, double centred) => $"{Fixed(raw)} ({Fixed(centred)})";

    // What rounds to zero has no sign.
    private static string Fixed(double value) => (Math.Round(value, 3) + 0.0).ToString("0.000", CultureInfo.InvariantCulture);

    private static string One(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
