using Dragoman.Evaluation.Reports;

namespace Dragoman.Training.Fitting;

/// <summary>
/// Looks after every tenth of the steps whether the training batches' pairs are told from mismatches: a collapse is seen when a tenth of the run is done, however long its epochs are. It looks at no
/// other texts than those trained on, so that it costs nothing; the dev split is looked at after every epoch.
/// </summary>
/// <param name="totalSteps">Steps of the whole run.</param>
internal sealed class EarlyAlarm(long totalSteps)
{
    /// <summary>Fewer steps than that say nothing.</summary>
    private const int LeastSteps = 10;
    private readonly long _window = Math.Max(LeastSteps, (totalSteps + 9) / 10);
    private double _sum;
    private int _count;

    /// <summary>Notes a step.</summary>
    /// <param name="step">The step just done, from 1.</param>
    /// <param name="numbers">What it came to; only the AUC within the batch is looked at.</param>
    /// <returns>The alarm in one sentence; null when there is none.</returns>
    internal string? After(long step, IReadOnlyList<(string Name, double Value)> numbers)
    {
        foreach (var (_, value) in numbers.Where(number => number.Name == CollapseLimits.BatchAucName)) (_sum, _count) = (_sum + value, _count + 1);
        if (step % _window != 0 || _count == 0) return null;
        var mean = _sum / _count;
        (_sum, _count) = (0, 0);
        return mean >= CollapseLimits.Auc ? null
            : FormattableString.Invariant($"AUC {mean:F2} of the training batches is below {CollapseLimits.Auc} after {100.0 * step / totalSteps:0}% of the steps: pairs are hardly told from mismatches.");
    }
}
