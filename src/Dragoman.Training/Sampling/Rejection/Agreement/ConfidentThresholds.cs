namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>Class-conditional thresholds of confident learning (Northcutt, Jiang and Chuang, JAIR 2021): t_j is the mean probability of j over the examples labelled j.</summary>
public sealed class ConfidentThresholds
{
    private readonly double[] _thresholds;

    /// <summary>Computes the thresholds.</summary>
    /// <param name="probabilities">Of every example, one for each class, from a model that did not see the example; one example or more.</param>
    /// <param name="observed">The label of each.</param>
    public ConfidentThresholds(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> observed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(probabilities.Count, nameof(probabilities));
        var (sums, counts) = (new double[probabilities[0].Length], new int[probabilities[0].Length]);
        for (var example = 0; example < probabilities.Count; example++)
        {
            sums[observed[example]] += probabilities[example][observed[example]];
            counts[observed[example]]++;
        }
        // A class that no example is labelled with is never reached.
        _thresholds = [.. sums.Zip(counts, (sum, count) => count == 0 ? double.PositiveInfinity : sum / count)];
    }

    /// <summary>t of every class; infinite for one that no example is labelled with.</summary>
    public IReadOnlyList<double> Values => _thresholds;

    /// <summary>The most probable class among those that reach their threshold; null when none does.</summary>
    /// <param name="probabilities">An example's.</param>
    public int? ConfidentClass(ReadOnlySpan<double> probabilities)
    {
        int? best = null;
        for (var k = 0; k < _thresholds.Length; k++)
        {
            if (probabilities[k] >= _thresholds[k] && (best is null || probabilities[k] > probabilities[best.Value])) best = k;
        }
        return best;
    }

    /// <summary>Whether a label is doubted: another class reaches its threshold, and the label's own does not.</summary>
    /// <param name="probabilities">The example's.</param>
    /// <param name="observed">Its label.</param>
    public bool IsDoubted(ReadOnlySpan<double> probabilities, int observed)
    {
        if (probabilities[observed] >= _thresholds[observed]) return false;
        for (var k = 0; k < _thresholds.Length; k++)
        {
            if (k != observed && probabilities[k] >= _thresholds[k]) return true;
        }
        return false;
    }
}
