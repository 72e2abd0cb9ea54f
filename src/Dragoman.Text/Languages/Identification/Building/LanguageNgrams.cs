using System.Runtime.InteropServices;

namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>
/// The n-gram model of one language: probabilities by interpolated absolute discounting, pruned to a number of n-grams, and back-off weights that make what is left a distribution.
/// </summary>
/// <remarks>
/// Discount D = n1 / (n1 + 2 n2) by order (Ney, Essen and Kneser, 1994). What is kept has the largest count times |ln P(c|h) - ln of its backed-off probability|, the leading term of the
/// relative entropy that Stolcke (1998) prunes by; histories of what is kept are kept.
/// </remarks>
internal sealed class LanguageNgrams
{
    private readonly NgramKeys _keys;
    private readonly int _order;
    private readonly double[] _unigrams;
    private readonly Dictionary<ulong, double>[] _probabilities;      // by order - 1, all n-grams seen
    private readonly HashSet<ulong>[] _kept;                          // by order - 1

    private LanguageNgrams(NgramKeys keys, int order, double[] unigrams)
    {
        (_keys, _order, _unigrams) = (keys, order, unigrams);
        _probabilities = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<ulong, double>())];
        _kept = [.. Enumerable.Range(0, order).Select(_ => new HashSet<ulong>())];
    }

    /// <summary>Probabilities of single symbols, shape [symbols].</summary>
    internal IReadOnlyList<double> Unigrams => _unigrams;

    /// <summary>Natural logarithms of back-off weights by history.</summary>
    internal Dictionary<ulong, double> Weights { get; } = [];

    /// <summary>The n-grams kept, of order 2 and more, with their probabilities.</summary>
    internal IEnumerable<KeyValuePair<ulong, double>> Kept =>
        from order in Enumerable.Range(2, _order - 1)
        from key in _kept[order - 1]
        select KeyValuePair.Create(key, _probabilities[order - 1][key]);

    /// <summary>Estimates a model.</summary>
    /// <param name="counts">What was counted.</param>
    /// <param name="keys">The alphabet.</param>
    /// <param name="order">Longest n-gram.</param>
    /// <param name="pooled">Single symbols over all languages of the script, to smooth with.</param>
    /// <param name="budget">How many n-grams to keep, histories beside.</param>
    internal static LanguageNgrams Estimate(NgramCounts counts, NgramKeys keys, int order, double[] pooled, int budget)
    {
        const double PooledSymbols = 20;                              // as if so many symbols of the pool had been seen
        var unigrams = new double[keys.Symbols];
        for (var symbol = 1; symbol < unigrams.Length; symbol++)
            unigrams[symbol] = (counts.Of(1).GetValueOrDefault((ulong)symbol) + PooledSymbols * pooled[symbol]) / (counts.Total + PooledSymbols);
        var model = new LanguageNgrams(keys, order, unigrams);
        var candidates = new List<(double Gain, int Order, ulong Key)>();
        for (var n = 2; n <= order; n++) model.EstimateOrder(n, counts.Of(n), candidates);
        candidates.Sort((left, right) => left.Gain != right.Gain ? right.Gain.CompareTo(left.Gain) : left.Key.CompareTo(right.Key));
        foreach (var (_, n, key) in candidates.Take(budget)) model.Keep(n, key);
        for (var n = 2; n <= order; n++) model.SetWeights(n);
        return model;
    }

    private void EstimateOrder(int n, Dictionary<ulong, int> counts, List<(double, int, ulong)> candidates)
    {
        double once = counts.Values.Count(count => count == 1), twice = counts.Values.Count(count => count == 2);
        var discount = once + twice > 0 ? Math.Clamp(once / (once + 2 * twice), 0.1, 0.95) : 0.5;
        var histories = new Dictionary<ulong, (long Total, int Types)>();
        foreach (var (key, count) in counts)
        {
            ref var history = ref CollectionsMarshal.GetValueRefOrAddDefault(histories, key >> _keys.Bits, out _);
            history = (history.Total + count, history.Types + 1);
        }
        foreach (var (key, count) in counts)
        {
            var (total, types) = histories[key >> _keys.Bits];
            var backedOff = discount * types / total * Lower(n, key);
            var probability = Math.Max(0, count - discount) / total + backedOff;
            _probabilities[n - 1][key] = probability;
            candidates.Add((count * Math.Abs(Math.Log(probability) - Math.Log(backedOff)), n, key));
        }
    }

    private double Lower(int n, ulong key) => n == 2 ? _unigrams[key & _keys.Mask(1)] : _probabilities[n - 2][key & _keys.Mask(n - 1)];

    // A history must be there for its weight, and so must its own history.
    private void Keep(int n, ulong key)
    {
        for (; n >= 2 && _kept[n - 1].Add(key); n--) key >>= _keys.Bits;
    }

    private void SetWeights(int n)
    {
        var sums = new Dictionary<ulong, (double Kept, double BackedOff)>();
        foreach (var key in _kept[n - 1])
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key >> _keys.Bits, out _);
            sum = (sum.Kept + _probabilities[n - 1][key], sum.BackedOff + Pruned(n - 1, key & _keys.Mask(n - 1)));
        }
        foreach (var (history, (kept, backedOff)) in sums)
            Weights[history] = Math.Log(Math.Max(1e-7, 1 - kept) / Math.Max(1e-7, 1 - backedOff));
    }

    private double Pruned(int n, ulong key)
    {
        if (n == 1) return _unigrams[key];
        if (_kept[n - 1].Contains(key)) return _probabilities[n - 1][key];
        var weight = Weights.TryGetValue(key >> _keys.Bits, out var log) ? Math.Exp(log) : 1;
        return weight * Pruned(n - 1, key & _keys.Mask(n - 1));
    }
}
