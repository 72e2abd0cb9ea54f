using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>How probable it is that pairs of a query and a passage that is judged relevant are right.</summary>
/// <param name="settings">What doubts.</param>
/// <param name="work">The epoch.</param>
internal sealed class AgreementDetector(ExampleSettings settings, EpochWork work)
{
    /// <summary>The share of wrong labels that was given or estimated; null where the detector uses none.</summary>
    internal double? NoiseRate { get; private set; }

    /// <summary>The probability that each pair is right, by all of them together where the detector compares them.</summary>
    /// <param name="pairs">Groups' places, their numbers within the query, and passages.</param>
    /// <param name="losses">The pairs' losses, where the detector looks at them.</param>
    /// <returns>Within [0, 1].</returns>
    internal double[] Clean(IReadOnlyList<(int Source, int Place, string PassageId)> pairs, double[]? losses) => settings.Detector switch
    {
        ExampleDetector.Mixture => ByMixture(losses!),
        ExampleDetector.Confident => ByThresholds(pairs),
        _ => ByProbability(pairs),
    };

    /// <summary>c = T[1,1] η / Σ T[k,1] η_k by the teacher's probability η and symmetric noise.</summary>
    private double[] ByProbability(IReadOnlyList<(int Source, int Place, string PassageId)> pairs)
    {
        var teacher = work.Labels!;
        teacher.Ask(pairs.Select(pair => (pair.Source, pair.PassageId)), work.Cancellation);
        var labels = pairs.Select(pair => teacher[pair.Source, pair.PassageId]).ToList();
        var rate = settings.NoiseRate ?? NoiseRateEstimate.Of(labels);
        var noise = NoiseTransition.Symmetric(2, rate);
        NoiseRate = rate;
        return [.. labels.Select(label => noise.Clean([1 - label, label], 1))];
    }

    /// <summary>One pair says nothing of how losses are spread: it counts as right.</summary>
    private static double[] ByMixture(double[] losses)
    {
        if (losses.Length < 2) return [.. losses.Select(_ => 1.0)];
        var mixture = PairLossMixture.Fit(losses);
        return Array.ConvertAll(losses, mixture.Clean);
    }

    /// <summary>A pair is doubted where the teacher gives it less than the mean of the pairs, and to be non-relevant as much as the mean of easy negatives.</summary>
    private double[] ByThresholds(IReadOnlyList<(int Source, int Place, string PassageId)> pairs)
    {
        var teacher = work.Labels!;
        var negatives = pairs.SelectMany(pair => PairLosses.Easy(work, pair, settings.EasyNegatives).Select(id => (pair.Source, PassageId: id))).Distinct().ToList();
        teacher.Ask([.. pairs.Select(pair => (pair.Source, pair.PassageId)), .. negatives], work.Cancellation);
        double[] Classes(int source, string passageId) => [1 - teacher[source, passageId], teacher[source, passageId]];
        var positives = pairs.Select(pair => Classes(pair.Source, pair.PassageId)).ToList();
        var thresholds = new ConfidentThresholds([.. positives, .. negatives.Select(pair => Classes(pair.Source, pair.PassageId))], [.. positives.Select(_ => 1), .. negatives.Select(_ => 0)]);
        return [.. positives.Select(classes => thresholds.IsDoubted(classes, 1) ? 0.0 : 1.0)];
    }
}
