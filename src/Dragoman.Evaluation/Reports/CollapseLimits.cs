namespace Dragoman.Evaluation.Reports;

/// <summary>Numbers that tell of a bi-encoder's collapse, by the names that logs call them, and the limits beyond which they alarm.</summary>
public static class CollapseLimits
{
    /// <summary>A mean cosine above this alarms.</summary>
    public const double MeanCosine = 0.6;

    /// <summary>An AUC below this alarms.</summary>
    public const double Auc = 0.7;

    /// <summary>An effective rank below this share of the dimension alarms.</summary>
    public const double EffectiveRankShare = 0.1;

    /// <summary>Every such number in the order of reports, and what it means.</summary>
    public static IReadOnlyList<(string Name, string Title)> Names { get; } =
    [
        ("mean_cosine", "Mean cosine of any two vectors"), ("auc", "AUC: pairs above mismatches"), ("positive_minus_negative", "Mean cosine of pairs minus that of mismatches"), ("recall@1", "Recall@1 among the pairs"),
        ("effective_rank", "Effective rank"), ("uniformity", "Uniformity: −4 on a full sphere, 0 at collapse"), ("alignment", "Alignment of the pairs: 0 is perfect"),
        ("isoscore", "IsoScore: 1 isotropic, 0 one direction"), ("language_accuracy", "How often the nearest centroid tells the language"),
    ];

    /// <summary>The name that logs call the length of a vector.</summary>
    public const string DimensionName = "dimension";

    /// <summary>The name that logs call the effective rank that alarms.</summary>
    public const string LeastEffectiveRankName = "least_effective_rank";

    /// <summary>The name that logs call the AUC within a training batch.</summary>
    public const string BatchAucName = "batch_auc";

    /// <summary>Whether a number of an epoch tells of collapse, rather than of quality.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsOne(string name) => name is DimensionName or LeastEffectiveRankName || Names.Any(known => known.Name == name);

    /// <summary>The effective rank below which one speaks of collapse: a tenth of the dimension, or of what so few vectors can span.</summary>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="vectors">How many vectors.</param>
    public static double LeastEffectiveRank(int dimension, int vectors) => EffectiveRankShare * Math.Min(dimension, vectors - 1);

    /// <summary>The limit of a number; null when it has none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="leastEffectiveRank">See <see cref="LeastEffectiveRank"/>; null when it is not known.</param>
    public static double? Of(string name, double? leastEffectiveRank) => name switch
    {
        "mean_cosine" => MeanCosine,
        "auc" or BatchAucName => Auc,
        "effective_rank" => leastEffectiveRank,
        _ => null,
    };
}
