using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>The distribution p over a query's candidates that is wanted, possibly known up to a constant only. Immutable and thread-safe.</summary>
public sealed class Target
{
    private const int ManyGrades = 60;                                           // beyond, 2^g - 1 + δ is 2^g to the last digit, and may be too large for a number
    private readonly double[] _logWeights;

    private Target(double[] logWeights)
    {
        _logWeights = logWeights;
        LogTotal = LogSpace.LogSumExp(logWeights);
    }

    /// <summary>log p̃ of every candidate, not normalised; −∞ for one that is not wanted at all.</summary>
    public ReadOnlySpan<double> LogWeights => _logWeights;

    /// <summary>The logarithm of the constant Z = Σ p̃.</summary>
    public double LogTotal { get; }

    /// <summary>How many candidates there are.</summary>
    public int Count => _logWeights.Length;

    /// <summary>log p of every candidate: the weights made to sum to 1.</summary>
    public double[] LogProbabilities() => LogSpace.Normalise(_logWeights);

    /// <summary>
    /// p ∝ 2^g − 1 + δ: graded relevance. δ above 0 keeps every candidate possible, as a grade of 0 often means that nobody judged the passage. With grades that are all 0 it is the uniform distribution.
    /// </summary>
    /// <param name="candidates">The candidates; their grades are used.</param>
    /// <param name="smoothing">δ, 0 or more; 0.02 gives the zeros about a tenth of a list of 90 zeros and 10 low grades.</param>
    /// <exception cref="DragomanException">Every grade is 0 and so is δ: there is nothing to draw.</exception>
    /// <exception cref="ConfigurationException">δ is negative or not finite.</exception>
    public static Target Graded(CandidateList candidates, double smoothing = 0.02)
    {
        if (!(smoothing >= 0 && double.IsFinite(smoothing))) throw new ConfigurationException("The target", [FormattableString.Invariant($"smoothing is {smoothing}; use 0 or more.")]);
        if (smoothing == 0 && candidates.HasOnlyZeros) throw new DragomanException($"Query {candidates.QueryId} has no candidate with a grade above 0, so that nothing can be drawn without smoothing; leave the query out, or use smoothing above 0.");
        return new Target([.. candidates.Grades.Select(grade => grade > ManyGrades ? grade * Math.Log(2) : Math.Log(Math.Pow(2, Math.Max(grade, 0)) - 1 + smoothing))]);
    }

    /// <summary>p = softmax(g/τ). With grades that are all 0 it is the uniform distribution.</summary>
    /// <param name="candidates">The candidates; their grades are used.</param>
    /// <param name="temperature">τ, above 0; 0.4 gives the zeros of a typical list about 15%, 1 would give them 70%.</param>
    /// <exception cref="ConfigurationException">τ is not above 0.</exception>
    public static Target SoftmaxOfGrades(CandidateList candidates, double temperature = 0.4)
    {
        RequireTemperature(temperature, "temperature");
        var best = Math.Max(candidates.Grades.Max(), 0);
        return new Target([.. candidates.Grades.Select(grade => (Math.Max(grade, 0) - best) / temperature)]);
    }

    /// <summary>p ∝ q exp(r/β): the policy with the best mean reward at a price β of moving away from q (RSO, Liu et al., 2024).</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q.</param>
    /// <param name="rewards">r of each, finite; within [0, 1] by custom.</param>
    /// <param name="beta">β, above 0: large accepts all, small keeps the best alone.</param>
    /// <exception cref="ConfigurationException">β is not above 0.</exception>
    /// <exception cref="DragomanException">A reward is not finite.</exception>
    public static Target RewardTilted(CandidateList candidates, Proposal proposal, IReadOnlyList<double> rewards, double beta)
    {
        RequireTemperature(beta, "beta");
        candidates.RequireFinite(rewards, "reward");
        return new Target([.. Enumerable.Range(0, proposal.Count).Select(at => proposal.LogProbabilities[at] + rewards[at] / beta)]);
    }

    /// <summary>p⁻ ∝ q π h: negatives that a retriever finds, that are truly non-relevant, and that teach something.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="proposal">q, the retriever's.</param>
    /// <param name="nonRelevant">π, the probability that each is truly non-relevant, within [0, 1].</param>
    /// <param name="informative">h of each, within [0, 1].</param>
    /// <exception cref="DragomanException">A number is outside [0, 1], or nothing is left.</exception>
    public static Target Negatives(CandidateList candidates, Proposal proposal, IReadOnlyList<double> nonRelevant, IReadOnlyList<double> informative)
    {
        candidates.RequireShares(nonRelevant, "probability of being non-relevant");
        candidates.RequireShares(informative, "informativeness");
        var target = new Target([.. Enumerable.Range(0, proposal.Count).Select(at => proposal.LogProbabilities[at] + Math.Log(nonRelevant[at]) + Math.Log(informative[at]))]);
        if (double.IsNegativeInfinity(target.LogTotal)) throw new DragomanException($"Query {candidates.QueryId}: none of its {candidates.Count} candidates may serve as a negative; take them from deeper ranks, or let the filter pass more.");
        return target;
    }

    /// <summary>A target by the logarithms of its weights.</summary>
    /// <param name="logWeights">One for each candidate; −∞ for what is not wanted; not all of them so.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite, or all are 0.</exception>
    public static Target FromLogWeights(IReadOnlyList<double> logWeights)
    {
        if (logWeights.Any(weight => double.IsNaN(weight) || double.IsPositiveInfinity(weight)) || logWeights.All(double.IsNegativeInfinity)) throw new ArgumentException("A weight is not a number, or all of them are 0.", nameof(logWeights));
        return new Target([.. logWeights]);
    }

    /// <summary>p·c: each candidate's weight times the probability that its grade is right, as an agreement posterior gives it.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="clean">c of each, within [0, 1], not 0 for all that are wanted.</param>
    /// <exception cref="DragomanException">A number is outside [0, 1], or nothing is left.</exception>
    public Target TimesClean(CandidateList candidates, IReadOnlyList<double> clean)
    {
        candidates.RequireShares(clean, "probability of being clean");
        var target = new Target([.. _logWeights.Select((weight, at) => weight + Math.Log(clean[at]))]);
        if (double.IsNegativeInfinity(target.LogTotal)) throw new DragomanException($"Query {candidates.QueryId}: no candidate is wanted and clean; use a least acceptance above 0.");
        return target;
    }

    /// <summary>The probability of the candidates with grade 0; 0.05 to 0.2 is what the smoothing is meant for.</summary>
    /// <param name="candidates">The candidates.</param>
    public double ZeroMass(CandidateList candidates)
    {
        var zeros = _logWeights.Where((_, at) => candidates.Grades[at] <= 0).ToArray();
        return Math.Exp(LogSpace.LogSumExp(zeros) - LogTotal);
    }

    private static void RequireTemperature(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value))) throw new ConfigurationException("The target", [FormattableString.Invariant($"{name} is {value}; use a number above 0 (0 would leave the best candidates alone: use scheme raft for that).")]);
    }
}
