using System.Globalization;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Evaluation.Measures;

/// <summary>Every measure by its names. A new one is registered here.</summary>
internal static class MeasureCatalogue
{
    private static readonly Dictionary<string, Func<MeasureSpelling, Measure?>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["nDCG"] = given => Graded(given, new Ndcg(given.Cutoff())),
        ["RR"] = given => Binary(given, new ReciprocalRank(given.Cutoff())),
        ["AP"] = given => Binary(given, new AveragePrecision(given.Cutoff())),
        ["P"] = given => Binary(given, new Precision(given.Cutoff(required: true) ?? 1)),
        ["R"] = given => Binary(given, new Recall(given.Cutoff(required: true) ?? 1)),
        ["Success"] = given => Binary(given, new Success(given.Cutoff(required: true) ?? 1)),
        ["Rprec"] = given => Binary(given, Whole(given, new RPrecision())),
        ["Bpref"] = given => Binary(given, Whole(given, new Bpref()), judgedOnly: false),
        ["infAP"] = given => Binary(given, Whole(given, new InferredAveragePrecision()), judgedOnly: false),
        ["IPrec"] = given => Binary(given, new InterpolatedPrecision(Recall(given))),
        ["RBP"] = given => new RankBiasedPrecision(given.Number("p", 0.8, 1), given.Grade("rel"), given.Cutoff()),
        ["ERR"] = given => new ExpectedReciprocalRank(given.Cutoff(), given.Grade("max_rel") ?? 4),
        ["Compat"] = given => Whole(given, new Compatibility(given.Number("p", 0.95, 1), given.Flag("normalize", true))),
        ["Accuracy"] = given => Binary(given, new Accuracy(given.Cutoff()), judgedOnly: false),
        ["SetP"] = given => Binary(given, Whole(given, new SetPrecision { Relative = given.Flag("relative") })),
        ["SetRelP"] = given => Binary(given, Whole(given, new SetPrecision { Relative = true })),
        ["SetR"] = given => Binary(given, Whole(given, new SetRecall()), judgedOnly: false),
        ["SetF"] = given => Binary(given, Whole(given, new SetF(given.Number("beta", 1, double.PositiveInfinity)))),
        ["SetAP"] = given => Binary(given, Whole(given, new SetAveragePrecision())),
        ["Judged"] = given => new Judged(given.Cutoff()),
        ["SDCG"] = given => Walk(given, new ScaledDcg(given.Cutoff(required: true) ?? 1)),
        ["BPM"] = given => Walk(given, new BejeweledPlayer(given.Cutoff(required: true) ?? 1, Wanted(given))),
        ["INSQ"] = given => Walk(given, Whole(given, new Insq(Wanted(given)))),
        ["INST"] = given => Walk(given, Whole(given, new Inst(Wanted(given)))),
        ["NERR8"] = given => Walk(given, new NearlyErrCut(8, given.Cutoff(required: true) ?? 1)),
        ["NERR9"] = given => Walk(given, new NearlyErrCut(9, given.Cutoff(required: true) ?? 1)),
        ["NERR10"] = given => Walk(given, Whole(given, new NearlyErrPersistent(given.Number("p", 0.9, 1)))),
        ["NERR11"] = given => Walk(given, Whole(given, new NearlyErrPatient(Wanted(given)))),
        ["PEER"] = Fair,
        ["LPR"] = given => new LanguagePreference(given.Cutoff()) { Rel = given.Grade("rel") },
        ["NumQ"] = given => Whole(given, new QueryCount()),
        ["NumRet"] = given => Whole(given, new RetrievedCount(given.Grade("rel"))),
        ["NumRel"] = given => Binary(given, Whole(given, new RelevantCount()), judgedOnly: false),
        ["NumRelRet"] = given => Whole(given, new RelevantRetrievedCount()),
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MRR"] = "RR", ["MAP"] = "AP", ["Precision"] = "P", ["Recall"] = "R",
    };

    // Known to ir_measures and left out for a reason.
    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alpha_nDCG"] = Diversity, ["alpha_DCG"] = Diversity, ["ERR_IA"] = Diversity, ["nERR_IA"] = Diversity, ["NRBP"] = Diversity, ["nNRBP"] = Diversity,
        ["AP_IA"] = Diversity, ["MAP_IA"] = Diversity, ["P_IA"] = Diversity, ["StRecall"] = Diversity,
    };

    private const string Diversity = "needs judgements by subtopic, which no format read here carries";

    /// <summary>Makes a measure.</summary>
    /// <param name="given">Its spelling.</param>
    /// <param name="problem">What is wrong; null when all is well.</param>
    /// <returns>Null when something is wrong.</returns>
    internal static Measure? Make(MeasureSpelling given, out string? problem)
    {
        if (Unsupported.TryGetValue(given.Name, out problem)) return null;
        if (!ByName.TryGetValue(OtherNames.GetValueOrDefault(given.Name, given.Name), out var make)) return null;
        var measure = make(given);
        given.RequireAllTaken();
        problem = given.Problem;
        return problem is null ? measure : null;
    }

    private static Measure Graded(MeasureSpelling given, Ndcg bare) => bare with
    {
        Exponential = given.Choice("dcg", "log2", "exp-log2") != "log2",
        Gains = given.Table("gains"),
        JudgedOnly = given.Flag("judged_only"),
    };

    private static RelevanceMeasure Binary(MeasureSpelling given, RelevanceMeasure bare, bool judgedOnly = true) =>
        bare with { Rel = given.Grade("rel"), JudgedOnly = judgedOnly && given.Flag("judged_only") };

    private static CwlMeasure Walk(MeasureSpelling given, CwlMeasure bare)
    {
        var (least, most) = (given.Grade("min_rel", least: 0) ?? 0, given.Grade("max_rel"));
        if (most is null) given.Wrong($"{given.Name} needs the highest grade of the judgements' scale, as in {given.Name}(max_rel=3){(given.At is null ? "" : "@" + given.At)}");
        else if (most <= least) given.Wrong($"min_rel={least} is not below max_rel={most}");
        return bare with { MinRel = least, MaxRel = most ?? 1 };
    }

    private static EqualExpectedRank Fair(MeasureSpelling given)
    {
        var weights = given.Table("weights");
        if (weights is not null && !(Math.Abs(weights.Total - 1) < 1e-6)) given.Wrong(string.Create(CultureInfo.InvariantCulture, $"the weights of {given.Name} sum to {weights.Total:0.####}, not to 1"));
        return new EqualExpectedRank(given.Cutoff()) { Weights = weights };
    }

    private static double Wanted(MeasureSpelling given) => given.Number("T", 1, double.PositiveInfinity);

    private static double Recall(MeasureSpelling given)
    {
        if (double.TryParse(given.At, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1) return Math.Round(share, 4);
        given.Wrong($"{given.Name} needs a recall from 0 to 1, as in {given.Name}@0.1");
        return 0;
    }

    private static T Whole<T>(MeasureSpelling given, T measure) where T : Measure
    {
        given.NoCutoff();
        return measure;
    }
}
