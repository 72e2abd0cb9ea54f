using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// P(relevant) = σ((s − b)/T) of a score s: T, and b where it is wanted, with the least negative log-likelihood on held-out pairs (Guo et al., ICML 2017; with b, Platt, 1999). It changes no ranking.
/// </summary>
/// <remarks>
/// Deviation: Guo et al. fit T alone. Logits of a classifier have a zero, where both classes are equally probable; cosines, and scores of a run, have none, so that for them T alone could only pull all probabilities towards one half.
/// The probability has the share of relevant pairs that the held-out pairs have (<see cref="Prior"/>): that of one candidate of a query, not that of a judged positive, which is far more probable before anything is scored.
/// </remarks>
public sealed record RelevanceCalibration
{
    private const double LeastWithOffset = 1e-3;
    private const int Halvings = 60;

    /// <summary>T, what scores are divided by: within [0.01, 100], and within [0.001, 100] where b is fitted too, as cosines are steep.</summary>
    public required double Temperature { get; init; }

    /// <summary>b, the score of a passage that is as likely relevant as not.</summary>
    public required double Offset { get; init; }

    /// <summary>Held-out pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>Share of them that is relevant, within (0, 1).</summary>
    public required double Prior { get; init; }

    /// <summary>Mean negative log-likelihood of σ(s), in nats.</summary>
    public required double LossBefore { get; init; }

    /// <summary>The same of σ((s − b)/T); never more.</summary>
    public required double LossAfter { get; init; }

    /// <summary>Expected calibration error of σ(s), within [0, 1]; see <see cref="TemperatureCalibration.ExpectedError"/>.</summary>
    public required double ErrorBefore { get; init; }

    /// <summary>The same of σ((s − b)/T).</summary>
    public required double ErrorAfter { get; init; }

    /// <summary>Mean negative log-likelihood, in nats, of saying <see cref="Prior"/> of every pair. A teacher that is not below it says no more than that.</summary>
    public double PriorLoss => -Prior * Math.Log(Prior) - (1 - Prior) * Math.Log(1 - Prior);

    /// <summary>Fits T, and b.</summary>
    /// <param name="scores">Of held-out pairs, finite.</param>
    /// <param name="relevant">Whether each is relevant; some are, and some are not.</param>
    /// <param name="withOffset">Whether b is fitted; else it is 0.</param>
    /// <exception cref="DragomanException">There are no pairs of one kind, or a score is not a number.</exception>
    public static RelevanceCalibration Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> relevant, bool withOffset)
    {
        if (scores.Count != relevant.Count) throw new ArgumentException($"{scores.Count} scores have {relevant.Count} labels.", nameof(relevant));
        var positives = relevant.Count(is1 => is1);
        if (positives == 0 || positives == scores.Count) throw new DragomanException($"Of {scores.Count} held-out pairs {positives} are relevant; to calibrate, both relevant and other ones are needed.");
        if (scores.Any(score => !double.IsFinite(score))) throw new DragomanException("A held-out pair has a score that is not a finite number; has the model diverged?");
        int[] labels = [.. relevant.Select(is1 => is1 ? 1 : 0)];
        var (temperature, offset) = withOffset ? Both(scores, relevant, (double)positives / scores.Count) : (TemperatureCalibration.Fit(Logits(scores, 0), labels).Temperature, 0);
        var (plain, moved) = (Logits(scores, 0), Logits(scores, offset));
        var before = TemperatureCalibration.Loss(plain, labels, 1);
        if (TemperatureCalibration.Loss(moved, labels, temperature) is var reached && reached > before) (temperature, offset, moved) = (1, 0, plain);         // right already, but for the search's tolerance
        return new RelevanceCalibration
        {
            Temperature = temperature, Offset = offset, Pairs = scores.Count, Prior = (double)positives / scores.Count,
            LossBefore = before, LossAfter = TemperatureCalibration.Loss(moved, labels, temperature),
            ErrorBefore = TemperatureCalibration.ExpectedError(plain, labels, 1), ErrorAfter = TemperatureCalibration.ExpectedError(moved, labels, temperature),
        };
    }

    /// <summary>The probability that a passage with a score is relevant.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Within [0, 1]; NaN for NaN.</returns>
    public double Probability(double score) => Sigmoid((score - Offset) / Temperature);

    /// <summary>The same where as many pairs are relevant as not, instead of <see cref="Prior"/>: σ((s − b)/T − ln(π/(1 − π))). What a noise matrix is applied to, so that its rate is the share of wrong labels.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Within [0, 1]; NaN for NaN.</returns>
    public double BalancedProbability(double score) => Sigmoid((score - Offset) / Temperature - Math.Log(Prior / (1 - Prior)));

    /// <summary>1/(1 + e^−x).</summary>
    /// <param name="x">x.</param>
    internal static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>As the log and the manifest have it.</summary>
    internal JsonObject ToJson() => new()
    {
        ["temperature"] = Temperature, ["offset"] = Offset, ["pairs"] = Pairs, ["prior"] = Prior, ["prior_nll"] = PriorLoss,
        ["nll_before"] = LossBefore, ["nll_after"] = LossAfter, ["ece_before"] = ErrorBefore, ["ece_after"] = ErrorAfter,
    };

    /// <summary>What <see cref="ToJson"/> wrote, to the last bit.</summary>
    /// <param name="json">It.</param>
    internal static RelevanceCalibration FromJson(JsonObject json)
    {
        double Number(string name) => json[name]!.GetValue<double>();
        return new RelevanceCalibration
        {
            Temperature = Number("temperature"), Offset = Number("offset"), Pairs = json["pairs"]!.GetValue<int>(), Prior = Number("prior"),
            LossBefore = Number("nll_before"), LossAfter = Number("nll_after"), ErrorBefore = Number("ece_before"), ErrorAfter = Number("ece_after"),
        };
    }

    private static List<double[]> Logits(IReadOnlyList<double> scores, double offset) => [.. scores.Select(score => new[] { 0, score - offset })];

    /// <summary>With a = 1/T and c = −b/T the loss is convex in both, so that its least value over c is convex in a.</summary>
    private static (double Temperature, double Offset) Both(IReadOnlyList<double> scores, IReadOnlyList<bool> relevant, double prior)
    {
        double Loss(double a)
        {
            var (c, loss) = (Shift(scores, a, prior), 0.0);
            for (var at = 0; at < scores.Count; at++) loss += Softplus(relevant[at] ? -(a * scores[at] + c) : a * scores[at] + c);
            return loss / scores.Count;
        }
        var temperature = Math.Exp(Valley.Of(log => Loss(Math.Exp(-log)), Math.Log(LeastWithOffset), Math.Log(TemperatureCalibration.Most)));
        return (temperature, -Shift(scores, 1 / temperature, prior) * temperature);
    }

    /// <summary>The best c for a: where the mean probability is the prior. The mean grows with c, so that halving an interval finds it.</summary>
    private static double Shift(IReadOnlyList<double> scores, double a, double prior)
    {
        var logit = Math.Log(prior / (1 - prior));
        var (low, high) = (logit - a * scores.Max(), logit - a * scores.Min());
        for (var halving = 0; halving < Halvings; halving++)
        {
            var (middle, mean) = ((low + high) / 2, 0.0);
            for (var at = 0; at < scores.Count; at++) mean += Sigmoid(a * scores[at] + middle);
            if (mean / scores.Count < prior) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
