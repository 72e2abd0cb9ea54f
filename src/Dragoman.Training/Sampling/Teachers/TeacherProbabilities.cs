using System.Text.Json.Nodes;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>What a scorer's scores mean, by two fits on held-out pairs: training asks two questions, and what is one score's answer depends on what the pair is taken from.</summary>
/// <param name="Candidates">Of candidates of a query.</param>
/// <param name="Labels">Of best-graded passages among random ones.</param>
internal sealed record TeacherProbabilities(RelevanceCalibration Candidates, RelevanceCalibration Labels)
{
    private const string LabelsKey = "labels";

    /// <summary>P(relevant) of a candidate.</summary>
    /// <param name="score">Its score.</param>
    internal double OfCandidate(double score) => Candidates.Probability(score);

    /// <summary>P(relevant) of a pair that is judged so, as if every second such judgement were wrong: <see cref="NoiseTransition"/> brings in how many are.</summary>
    /// <param name="score">Its score.</param>
    internal double OfLabel(double score) => Labels.BalancedProbability(score);

    /// <summary>As the log and the manifest have it.</summary>
    internal JsonObject ToJson()
    {
        var json = Candidates.ToJson();
        json[LabelsKey] = Labels.ToJson();
        return json;
    }

    /// <summary>What <see cref="ToJson"/> wrote, to the last bit.</summary>
    /// <param name="json">It.</param>
    internal static TeacherProbabilities FromJson(JsonObject json) => new(RelevanceCalibration.FromJson(json), RelevanceCalibration.FromJson(json[LabelsKey]!.AsObject()));
}
