namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Draws from a list of probabilities in constant time (Walker, 1977; built as Vose, 1991). Immutable and thread-safe.</summary>
internal sealed class AliasTable
{
    private readonly double[] _keep;
    private readonly int[] _other;

    /// <summary>Builds the table.</summary>
    /// <param name="probabilities">Sum 1; one of 0 is never drawn.</param>
    internal AliasTable(ReadOnlySpan<double> probabilities)
    {
        var count = probabilities.Length;
        (_keep, _other) = (new double[count], new int[count]);
        var (small, large, most) = (new Stack<int>(count), new Stack<int>(count), 0);
        for (var at = 0; at < count; at++)
        {
            _keep[at] = probabilities[at] * count;
            _other[at] = at;
            if (probabilities[at] > probabilities[most]) most = at;
            (_keep[at] < 1 ? small : large).Push(at);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _other[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }
        // What is left over has 1 but for rounding; what was 0 must stay so.
        foreach (var rest in large.Concat(small))
        {
            if (probabilities[rest] > 0) _keep[rest] = 1;
            else (_keep[rest], _other[rest]) = (0, most);
        }
    }

    /// <summary>Draws.</summary>
    /// <param name="uniform">A number within (0, 1).</param>
    internal int Draw(double uniform)
    {
        var scaled = uniform * _keep.Length;
        var at = (int)scaled;
        return scaled - at < _keep[at] ? at : _other[at];
    }
}
