using System.Globalization;
using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Measures;

/// <summary>Reads measures from their spelling. Case does not matter; <c>MAP</c>, <c>MRR</c> and <c>Recall@k</c> are read as AP, RR and R@k.</summary>
public static class MeasureParser
{
    /// <summary>The measures of a report when none are named.</summary>
    public const string Default = "nDCG@10 RR@10 AP R@100 Judged@10";

    /// <summary>Every spelling, with k for a cutoff and r for a recall from 0 to 1.</summary>
    public const string Known = "nDCG, nDCG@k, RR, RR@k, AP, AP@k, P@k, R@k, Success@k, Rprec, Bpref, IPrec@r, SetP, SetR, SetF, Judged@k, NumQ, NumRet, NumRel, NumRelRet";

    /// <summary>Reads one or more measures.</summary>
    /// <param name="spellings">Spellings separated by spaces or commas. One named twice is kept once.</param>
    /// <returns>The measures in order of appearance; at least one.</returns>
    /// <exception cref="ConfigurationException">A spelling is not known, or there is none; every unknown one is named.</exception>
    public static IReadOnlyList<Measure> ParseAll(string spellings)
    {
        var parts = spellings.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new ConfigurationException("measures", [$"none is named; known are {Known}."]);
        var problems = parts.Where(part => TryParse(part) is null).Select(part => $"\"{part}\" is not a measure; known are {Known} (k a whole number from 1).").ToList();
        return problems.Count == 0 ? [.. parts.Select(part => TryParse(part)!).Distinct()] : throw new ConfigurationException("measures", problems);
    }

    /// <summary>Reads one measure.</summary>
    /// <param name="spelling">The spelling.</param>
    /// <exception cref="ConfigurationException">The spelling is not known.</exception>
    public static Measure Parse(string spelling) => TryParse(spelling) ?? ParseAll(spelling)[0];

    /// <summary>Reads one measure.</summary>
    /// <param name="spelling">The spelling.</param>
    /// <returns>The measure; null when the spelling is not known.</returns>
    public static Measure? TryParse(string spelling)
    {
        var at = spelling.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? Whole(spelling) : Cut(spelling[..at], spelling[(at + 1)..]);
    }

    private static Measure? Whole(string name) => name.ToUpperInvariant() switch
    {
        "NDCG" => new Ndcg(),
        "RR" or "MRR" => new ReciprocalRank(),
        "AP" or "MAP" => new AveragePrecision(),
        "RPREC" => new RPrecision(),
        "BPREF" => new Bpref(),
        "SETP" => new SetPrecision(),
        "SETR" => new SetRecall(),
        "SETF" => new SetF(),
        "NUMQ" => new QueryCount(),
        "NUMRET" => new RetrievedCount(),
        "NUMREL" => new RelevantCount(),
        "NUMRELRET" => new RelevantRetrievedCount(),
        _ => null,
    };

    private static Measure? Cut(string name, string parameter)
    {
        var upper = name.ToUpperInvariant();
        if (upper == "IPREC")
        {
            return double.TryParse(parameter, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1
                ? new InterpolatedPrecision(Math.Round(share, 4)) : null;
        }
        if (!int.TryParse(parameter, NumberStyles.None, CultureInfo.InvariantCulture, out var k) || k < 1) return null;
        return upper switch
        {
            "NDCG" => new Ndcg(k),
            "RR" or "MRR" => new ReciprocalRank(k),
            "AP" or "MAP" => new AveragePrecision(k),
            "P" => new Precision(k),
            "R" or "RECALL" => new Recall(k),
            "SUCCESS" => new Success(k),
            "JUDGED" => new Judged(k),
            _ => null,
        };
    }
}
