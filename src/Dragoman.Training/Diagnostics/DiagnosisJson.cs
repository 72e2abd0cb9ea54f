using System.Text.Json.Nodes;

namespace Dragoman.Training.Diagnostics;

/// <summary>A diagnosis as JSON, numbers to four decimals.</summary>
public static class DiagnosisJson
{
    /// <summary>Turns a diagnosis into JSON.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    public static JsonObject Of(EncoderDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        return new JsonObject
        {
            ["model"] = diagnosis.Model,
            ["collection"] = diagnosis.Collection,
            ["split"] = diagnosis.Split,
            ["seed"] = diagnosis.Seed,
            ["queries"] = diagnosis.Queries,
            ["passages"] = diagnosis.Passages,
            ["dimension"] = diagnosis.Languages[0].Spread.Dimension,
            ["languages"] = new JsonArray([.. diagnosis.Languages.Select(Language)]),
            ["pairs"] = new JsonArray([.. diagnosis.Pairs.Select(pair => new JsonObject { ["from"] = pair.From, ["to"] = pair.To, ["pairs"] = pair.Raw.Pairs, ["raw"] = Contrast(pair.Raw), ["centred"] = Contrast(pair.Centred) })]),
            ["language_trace"] = diagnosis.Trace is not { } trace ? null : new JsonObject
            {
                ["languages"] = new JsonArray([.. trace.Languages.Select(language => (JsonNode)language)]),
                ["accuracy"] = Rounded(trace.Accuracy),
                ["chance"] = Rounded(trace.Chance),
                ["bias"] = new JsonArray([.. trace.Bias.Select(row => new JsonArray([.. row.Select(Rounded)]))]),
            },
            ["what_if"] = new JsonArray([.. diagnosis.Changes.Select(Change)]),
            ["findings"] = new JsonArray([.. diagnosis.Findings.Select(finding => new JsonObject
                { ["alarm"] = finding.IsAlarm, ["where"] = finding.Where, ["what"] = finding.What, ["cause"] = finding.Cause, ["cure"] = finding.Cure })]),
        };
    }

    private static JsonObject Language(DiagnosedLanguage language)
    {
        var spread = language.Spread;
        return new JsonObject
        {
            ["language"] = language.Language,
            ["queries"] = language.Queries,
            ["passages"] = language.Passages,
            ["mean_cosine"] = Rounded(spread.MeanCosine),
            ["centred_mean_cosine"] = Rounded(spread.CentredMeanCosine),
            ["uniformity"] = Rounded(spread.Uniformity),
            ["centred_uniformity"] = Rounded(spread.CentredUniformity),
            ["effective_rank"] = Rounded(spread.EffectiveRank),
            ["participation_ratio"] = Rounded(spread.ParticipationRatio),
            ["isoscore"] = Rounded(spread.IsoScore),
            ["partition_isotropy"] = Rounded(spread.PartitionIsotropy),
            ["centred_partition_isotropy"] = Rounded(spread.CentredPartitionIsotropy),
            ["spectrum"] = new JsonArray([.. spread.Spectrum.Select(value => (JsonNode)Math.Round(value, 6))]),
        };
    }

    private static JsonObject Contrast(PairContrast contrast) => new()
    {
        ["positive_cosine"] = Rounded(contrast.PositiveCosine),
        ["negative_cosine"] = Rounded(contrast.NegativeCosine),
        ["gap"] = Rounded(contrast.Gap),
        ["auc"] = Rounded(contrast.Auc),
        ["recall@1"] = Rounded(contrast.RecallAt1),
        ["alignment"] = Rounded(contrast.Alignment),
        ["positive_counts"] = new JsonArray([.. contrast.PositiveCounts.Select(count => (JsonNode)count)]),
        ["negative_counts"] = new JsonArray([.. contrast.NegativeCounts.Select(count => (JsonNode)count)]),
    };

    private static JsonObject Change(DiagnosedChange change)
    {
        var entry = new JsonObject { ["change"] = DiagnosisFindings.NameOf(change.Method), ["mean_cosine"] = Rounded(change.MeanCosine), ["auc"] = Rounded(change.Auc), ["recall@1"] = Rounded(change.RecallAt1) };
        foreach (var (measure, value) in change.Measures) entry[measure] = Rounded(value);
        return entry;
    }

    // JSON has no infinity, which a bias between points is.
    private static JsonNode? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
