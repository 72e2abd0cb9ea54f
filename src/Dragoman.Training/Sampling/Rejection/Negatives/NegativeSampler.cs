using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Rejection.Negatives;

/// <summary>
/// Draws negatives by a rule. With all of the teacher's scores at hand, k distinct ones by <see cref="GumbelTopK"/>; else proposals one by one, each accepted with π h, the teacher asked for these alone.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="temperature">What scores are divided by when the rule proposes by their softmax, above 0.</param>
public sealed class NegativeSampler(NegativeRule rule, double temperature = 1)
{
    /// <summary>Draws with a teacher that is asked for proposals only.</summary>
    /// <param name="candidates">Candidates that are not known to be relevant.</param>
    /// <param name="positiveScore">What proposes gives the positive.</param>
    /// <param name="positiveTeacher">What the teacher gives the positive; NaN when the rule does not ask.</param>
    /// <param name="teacher">The teacher's score of a candidate by position.</param>
    /// <param name="wanted">How many distinct negatives.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <param name="capFactor">Most proposals for each that is wanted.</param>
    public QueryDraws Stream(CandidateList candidates, double positiveScore, double positiveTeacher, Func<int, double> teacher, int wanted, DrawKey key, int capFactor = 20)
    {
        var facts = new Facts(rule, candidates, positiveScore, positiveTeacher);
        var ratios = CandidateRatios.Lazy(candidates, at => LogAcceptance(candidates, at, facts.Of(at, rule.NeedsTeacher ? teacher(at) : double.NaN)));
        return RejectionSampler.Draw(candidates, Propose(candidates, facts), ratios, 0, new StopRule { Wanted = wanted, Count = StopCount.Accepted, Distinct = true, CapFactor = capFactor }, key);
    }

    /// <summary>The candidates that the first proposals of <see cref="Stream"/> are, each once, so that a teacher can be asked for many at a time.</summary>
    /// <param name="candidates">Candidates that are not known to be relevant.</param>
    /// <param name="proposals">How many proposals.</param>
    /// <param name="key">Seed and epoch.</param>
    public IReadOnlyList<int> Proposed(CandidateList candidates, int proposals, DrawKey key) =>
        Propose(candidates, new Facts(rule, candidates, double.NaN, double.NaN)).First(proposals, key.Stream(candidates.QueryId, DrawPurpose.Proposal));

    /// <summary>Draws with all of the teacher's scores at hand.</summary>
    /// <param name="candidates">Candidates that are not known to be relevant.</param>
    /// <param name="positiveScore">What proposes gives the positive.</param>
    /// <param name="positiveTeacher">What the teacher gives the positive; NaN when the rule does not ask.</param>
    /// <param name="teacher">The teacher's score of every candidate; empty when the rule does not ask.</param>
    /// <param name="wanted">How many distinct negatives.</param>
    /// <param name="key">Seed and epoch.</param>
    /// <exception cref="DragomanException">No candidate may serve as a negative.</exception>
    public QueryDraws TopK(CandidateList candidates, double positiveScore, double positiveTeacher, IReadOnlyList<double> teacher, int wanted, DrawKey key) =>
        GumbelTopK.Draw(candidates, TargetOf(candidates, positiveScore, positiveTeacher, teacher), wanted, key);

    /// <summary>The distribution that both ways draw from, q π h / Z.</summary>
    /// <param name="candidates">Candidates that are not known to be relevant.</param>
    /// <param name="positiveScore">What proposes gives the positive.</param>
    /// <param name="positiveTeacher">What the teacher gives the positive; NaN when the rule does not ask.</param>
    /// <param name="teacher">The teacher's score of every candidate; empty when the rule does not ask.</param>
    /// <exception cref="DragomanException">No candidate may serve as a negative.</exception>
    public Target TargetOf(CandidateList candidates, double positiveScore, double positiveTeacher, IReadOnlyList<double> teacher)
    {
        var facts = new Facts(rule, candidates, positiveScore, positiveTeacher);
        var known = Enumerable.Range(0, candidates.Count).Select(at => facts.Of(at, rule.NeedsTeacher ? teacher[at] : double.NaN)).ToList();
        return Target.Negatives(candidates, Propose(candidates, facts), [.. known.Select(rule.NonRelevant)], [.. known.Select(rule.Informative)]);
    }

    /// <summary>Whether the rule accepts one of the candidates with a probability above 0; where it does not, there is nothing to draw.</summary>
    /// <param name="candidates">Candidates that are not known to be relevant.</param>
    /// <param name="positiveScore">What proposes gives the positive.</param>
    /// <param name="positiveTeacher">What the teacher gives the positive; NaN when the rule does not ask.</param>
    /// <param name="teacher">The teacher's score of every candidate; empty when the rule does not ask.</param>
    public bool AcceptsAny(CandidateList candidates, double positiveScore, double positiveTeacher, IReadOnlyList<double> teacher)
    {
        var (facts, proposal) = (new Facts(rule, candidates, positiveScore, positiveTeacher), Propose(candidates, new Facts(rule, candidates, positiveScore, positiveTeacher)));
        return Enumerable.Range(0, candidates.Count).Any(at =>
            !double.IsNegativeInfinity(proposal.LogProbabilities[at]) && !double.IsNegativeInfinity(LogAcceptance(candidates, at, facts.Of(at, rule.NeedsTeacher ? teacher[at] : double.NaN))));
    }

    /// <summary>Candidates that the rule would rather have as positives.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="teacher">The teacher's score of every candidate.</param>
    public IReadOnlyList<int> Positives(CandidateList candidates, IReadOnlyList<double> teacher) =>
        [.. Enumerable.Range(0, candidates.Count).Where(at => rule.IsPositive(new NegativeFacts(candidates.Scores[at], double.NaN, teacher[at], double.NaN)))];

    private Proposal Propose(CandidateList candidates, Facts facts) => Proposal.Softmax(
        new CandidateList(candidates.QueryId, candidates.PassageIds, facts.Scores, candidates.Grades),
        new ProposalOptions { Temperature = temperature, Defence = rule.IsUniform ? 1 : 0, Depth = Math.Min(rule.Depth, candidates.Count) });

    private double LogAcceptance(CandidateList candidates, int at, NegativeFacts facts)
    {
        if (rule.NeedsTeacher && !double.IsFinite(facts.Teacher)) throw new DragomanException($"Query {candidates.QueryId}: the teacher gave passage {candidates.PassageIds[at]} a score of {facts.Teacher}, not a finite number; has it diverged?");
        var (nonRelevant, informative) = (rule.NonRelevant(facts), rule.Informative(facts));
        if (!(nonRelevant is >= 0 and <= 1) || !(informative is >= 0 and <= 1)) throw new DragomanException(FormattableString.Invariant($"Query {candidates.QueryId}: rule {rule.Name} gives passage {candidates.PassageIds[at]} a probability of being non-relevant of {nonRelevant} and an informativeness of {informative}; both must be within 0 and 1. Are the teacher's scores calibrated probabilities?"));
        return Math.Log(nonRelevant) + Math.Log(informative);
    }

    private sealed class Facts
    {
        private readonly double _positive, _positiveTeacher;

        internal Facts(NegativeRule rule, CandidateList candidates, double positiveScore, double positiveTeacher)
        {
            var mean = candidates.Scores.Average();
            var deviation = Math.Sqrt(candidates.Scores.Average(score => (score - mean) * (score - mean)));
            var unit = rule.Standardises && deviation > 0 ? deviation : 1;
            (Scores, _positive, _positiveTeacher) = ([.. candidates.Scores.Select(score => score / unit)], positiveScore / unit, positiveTeacher);
        }

        internal double[] Scores { get; }

        internal NegativeFacts Of(int at, double teacher) => new(Scores[at], _positive, teacher, _positiveTeacher);
    }
}
