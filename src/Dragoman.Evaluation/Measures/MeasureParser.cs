using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Reads measures from ir_measures' spelling: a name, parameters in brackets, a cutoff: <c>nDCG(judged_only=True)@10</c>. Case of names does not matter; <c>MAP</c>, <c>MRR</c>,
/// <c>Precision@k</c> and <c>Recall@k</c> are read as AP, RR, P@k and R@k.
/// </summary>
public static class MeasureParser
{
    /// <summary>The measures of a report when none are named.</summary>
    public const string Default = "nDCG@10 RR@10 AP R@100 Judged@10";

    /// <summary>Every name, with k for a cutoff, where square brackets hold what may be left out, and r for a recall from 0 to 1.</summary>
    public const string Known = "nDCG[@k], RR[@k], AP[@k], P@k, R@k, Success@k, Rprec, Bpref, infAP, IPrec@r, RBP[@k], ERR[@k], Compat, Accuracy[@k], SetP, SetRelP, SetR, SetF, SetAP, Judged[@k], " +
        "SDCG@k, BPM@k, INSQ, INST, NERR8@k, NERR9@k, NERR10, NERR11, PEER[@k], LPR[@k], NumQ, NumRet, NumRel, NumRelRet";

    /// <summary>Reads one or more measures.</summary>
    /// <param name="spellings">Spellings separated by spaces or commas. One named twice is kept once.</param>
    /// <returns>The measures in order of appearance; at least one.</returns>
    /// <exception cref="ConfigurationException">A spelling is not known, or there is none; every unknown one is named.</exception>
    public static IReadOnlyList<Measure> ParseAll(string spellings)
    {
        var parts = MeasureSpelling.Split(spellings);
        if (parts.Count == 0) throw new ConfigurationException("measures", [$"none is named; known are {Known}."]);
        var (measures, problems) = (new List<Measure>(), new List<string>());
        foreach (var part in parts)
        {
            if (TryParse(part, out var problem) is not { } measure) problems.Add($"\"{part}\" is not a measure: {problem}.");
            else if (!measures.Contains(measure)) measures.Add(measure);
        }
        return problems.Count == 0 ? measures : throw new ConfigurationException("measures", problems);
    }

    /// <summary>Reads one measure.</summary>
    /// <param name="spelling">The spelling.</param>
    /// <exception cref="ConfigurationException">The spelling is not known.</exception>
    public static Measure Parse(string spelling) =>
        TryParse(spelling, out var problem) ?? throw new ConfigurationException("measures", [$"\"{spelling}\" is not a measure: {problem}."]);

    /// <summary>Reads one measure.</summary>
    /// <param name="spelling">The spelling.</param>
    /// <returns>The measure; null when the spelling is not known.</returns>
    public static Measure? TryParse(string spelling) => TryParse(spelling, out _);

    private static Measure? TryParse(string spelling, out string problem)
    {
        var given = MeasureSpelling.Split(spelling) is [var one] ? MeasureSpelling.Of(one) : null;
        string? wrong = null;
        var measure = given is null ? null : MeasureCatalogue.Make(given, out wrong);
        problem = wrong ?? $"known are {Known} (k a whole number from 1), with parameters as in AP(rel=2)@100";
        return measure;
    }
}
