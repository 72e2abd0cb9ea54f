using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Tests.Sampling.Rejection;

/// <summary>A query with twelve candidates, of which some are graded and the model likes others.</summary>
internal static class DrawnQuery
{
    internal static readonly DrawKey Key = new(17, 1);

    private static readonly int[] Grades = [0, 3, 0, 1, 0, 6, 0, 2, 0, 0, 4, 1];
    private static readonly double[] Scores = [2.1, 0.3, -1.4, 1.9, 0.2, 0.9, -0.7, 1.2, 0.1, -2.0, -0.4, 0.6];

    internal static CandidateList List(string queryId = "q1") => new(queryId, [.. Enumerable.Range(1, Grades.Length).Select(number => $"p{number}")], Scores, Grades);

    internal static CandidateList Of(double[] scores, int[] grades, string queryId = "q1") => new(queryId, [.. Enumerable.Range(1, grades.Length).Select(number => $"p{number}")], scores, grades);

    internal static (CandidateList List, Proposal Proposal, Target Target, CandidateRatios Ratios) Parts()
    {
        var list = List();
        var (proposal, target) = (Proposal.Softmax(list, new ProposalOptions()), Target.SoftmaxOfGrades(list, 2));
        return (list, proposal, target, CandidateRatios.Of(list, proposal, target));
    }

    internal static double ExactBound(CandidateRatios ratios) => ratios.Known().Max();

    internal static double[] Probabilities(Target target) => [.. target.LogProbabilities().Select(value => Math.Exp(value))];

    internal static StopRule Proposals(int count) => new() { Wanted = count, Count = StopCount.Proposals };
}
