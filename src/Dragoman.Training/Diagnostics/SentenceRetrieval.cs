using System.Text.Json.Nodes;
using Dragoman.Models.Encoders;

namespace Dragoman.Training.Diagnostics;

/// <summary>Finds each sentence's translation among all of another language's, and looks at the vectors for collapse on the way.</summary>
public static class SentenceRetrieval
{
    private const int FewestPairs = 2;

    /// <summary>Measures language pairs.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="rows">Rows of parallel text that were not trained on.</param>
    /// <param name="pairs">Language pairs, query language first; one with fewer than two common rows is left out.</param>
    /// <returns>The encoder's identity and, for each pair, recall@1 and the numbers of <see cref="CollapseReport"/>, to four decimals.</returns>
    public static JsonObject Measure(ITextEncoder encoder, HeldOutRows rows, IReadOnlyList<(string From, string To)> pairs)
    {
        var measured = new JsonArray();
        foreach (var (from, to) in pairs)
        {
            var (left, right) = rows.Encode(encoder, from, to);
            var count = left.Length / encoder.Dimension;
            if (count >= FewestPairs) measured.Add(Describe(from, to, count, CollapseDiagnostics.Measure(left, right, encoder.Dimension)));
        }
        return new JsonObject { ["model"] = encoder.Identity, ["held_out_rows"] = rows.Count, ["sentence_retrieval"] = measured };
    }

    private static JsonObject Describe(string from, string to, int count, CollapseReport report) => new()
    {
        ["from"] = from,
        ["to"] = to,
        ["pairs"] = count,
        ["recall@1"] = Rounded(report.RecallAt1),
        ["auc"] = Rounded(report.Auc),
        ["mean_cosine"] = Rounded(report.MeanCosine),
        ["centred_mean_cosine"] = Rounded(report.CentredMeanCosine),
        ["positive_cosine"] = Rounded(report.PositiveCosine),
        ["negative_cosine"] = Rounded(report.NegativeCosine),
        ["alignment"] = Rounded(report.Alignment),
        ["uniformity"] = Rounded(report.Uniformity),
        ["effective_rank"] = Rounded(report.EffectiveRank),
        ["participation_ratio"] = Rounded(report.ParticipationRatio),
        ["isoscore"] = Rounded(report.IsoScore),
        ["partition_isotropy"] = Rounded(report.PartitionIsotropy),
        ["language_bias"] = Rounded(report.LanguageBias),
        ["language_accuracy"] = Rounded(report.LanguageAccuracy),
        ["alarms"] = new JsonArray([.. report.Alarms().Select(alarm => (JsonNode)alarm)]),
    };

    private static double Rounded(double value) => Math.Round(value, 4);
}
