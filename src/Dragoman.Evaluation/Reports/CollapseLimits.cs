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

    /// <summary>Whether a number of an epoch tells of collapse, rather than of quality.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsOne(string name) => name == DimensionName || Names.Any(known => known.Name == name);

    /// <summary>The limit of a number; null when it has none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimension">Length of a vector; null when it is not known.</param>
    public static double? Of(string name, double? dimension) => name switch
    {
        "mean_cosine" => MeanCosine,
        "auc" => Auc,
        "effective_rank" when dimension is { } length => EffectiveRankShare * length,
        _ => null,
    };

    /// <summary>The name that logs call the length of a vector.</summary>
    public const string DimensionName = "dimension";
}
