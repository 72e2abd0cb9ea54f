using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>T[k, j] = P(label j is observed | class k is true), and what follows for a label that was observed.</summary>
public sealed class NoiseTransition
{
    private const double Tolerance = 1e-6;
    private readonly double[,] _probabilities;

    /// <summary>Takes a matrix.</summary>
    /// <param name="probabilities">T, square; every row sums to 1.</param>
    /// <exception cref="DragomanException">It is not square, or a row is no distribution.</exception>
    public NoiseTransition(double[,] probabilities)
    {
        Classes = probabilities.GetLength(0);
        if (probabilities.GetLength(1) != Classes) throw new DragomanException($"The noise matrix has {Classes} rows and {probabilities.GetLength(1)} columns; it must be square.");
        for (var k = 0; k < Classes; k++)
        {
            var row = Enumerable.Range(0, Classes).Select(j => probabilities[k, j]).ToList();
            if (row.Any(value => !(value is >= 0 and <= 1)) || Math.Abs(row.Sum() - 1) > Tolerance) throw new DragomanException(FormattableString.Invariant($"Row {k} of the noise matrix sums to {row.Sum()}; its probabilities must be within 0 and 1, and sum to 1."));
        }
        _probabilities = probabilities;
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>P(observed | true).</summary>
    /// <param name="actual">The true class k.</param>
    /// <param name="observed">The observed label j.</param>
    public double this[int actual, int observed] => _probabilities[actual, observed];

    /// <summary>Labels that are wrong with one probability, whatever the class, and then any other with the same.</summary>
    /// <param name="classes">How many classes there are, 2 or more.</param>
    /// <param name="rate">The probability, within [0, 1].</param>
    public static NoiseTransition Symmetric(int classes, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var matrix = new double[classes, classes];
        for (var k = 0; k < classes; k++)
        {
            for (var j = 0; j < classes; j++) matrix[k, j] = k == j ? 1 - rate : rate / (classes - 1);
        }
        return new NoiseTransition(matrix);
    }

    /// <summary>
    /// Estimates the matrix from out-of-fold probabilities by the confident joint (Northcutt, Jiang and Chuang, JAIR 2021): an example observed as j counts as truly k when k is the most probable class among those that reach their
    /// threshold, the mean probability of a class over the examples observed as it.
    /// </summary>
    /// <param name="probabilities">Of every example, one for each class, from a model that did not see the example.</param>
    /// <param name="observed">The label of each.</param>
    /// <exception cref="DragomanException">There is no example.</exception>
    public static NoiseTransition Estimate(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> observed)
    {
        if (probabilities.Count == 0) throw new DragomanException("There are no examples to estimate the noise from.");
        var classes = probabilities[0].Length;
        var thresholds = new ConfidentThresholds(probabilities, observed);
        var (joint, labels) = (new double[classes, classes], new double[classes]);
        for (var example = 0; example < probabilities.Count; example++)
        {
            labels[observed[example]]++;
            if (thresholds.ConfidentClass(probabilities[example]) is { } actual) joint[actual, observed[example]]++;
        }
        // Each label's column is brought to the number of examples that have it; then each class's row to 1.
        for (var j = 0; j < classes; j++)
        {
            var column = Enumerable.Range(0, classes).Sum(k => joint[k, j]);
            for (var k = 0; k < classes; k++) joint[k, j] = column > 0 ? joint[k, j] / column * labels[j] : k == j ? labels[j] : 0;
        }
        for (var k = 0; k < classes; k++)
        {
            var row = Enumerable.Range(0, classes).Sum(j => joint[k, j]);
            for (var j = 0; j < classes; j++) joint[k, j] = row > 0 ? joint[k, j] / row : k == j ? 1 : 0;
        }
        return new NoiseTransition(joint);
    }

    /// <summary>P(the label is right | x, label j) = T[j, j] η_j / Σ_k T[k, j] η_k.</summary>
    /// <param name="posterior">η, the probabilities of the classes given x: calibrated, and from a model that did not see the example.</param>
    /// <param name="observed">The label j.</param>
    /// <returns>Within [0, 1]; 0 when no class could have given this label.</returns>
    public double Clean(ReadOnlySpan<double> posterior, int observed)
    {
        var total = 0.0;
        for (var k = 0; k < Classes; k++) total += _probabilities[k, observed] * posterior[k];
        return total > 0 ? _probabilities[observed, observed] * posterior[observed] / total : 0;
    }
}
