using Dragoman.Evaluation.Significance;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>
/// Uniform numbers by seed, epoch, query, purpose and draw number: which query is drawn first, or by which thread, changes nothing.
/// </summary>
public readonly struct DrawStream
{
    private readonly CounterRandom _random;

    /// <summary>The numbers of one query in one epoch.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="queryId">The query.</param>
    /// <param name="purpose">What the numbers are for.</param>
    public DrawStream(int seed, int epoch, string queryId, DrawPurpose purpose) =>
        _random = new CounterRandom(seed, unchecked(HashOf(queryId) * 31 + (ulong)epoch) * 8 + (ulong)purpose);

    /// <summary>The number of a draw, within (0, 1): neither end occurs, so that its logarithm is finite.</summary>
    /// <param name="draw">The draw's number, from 0.</param>
    public double this[long draw] => ((_random[(ulong)draw] >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>FNV-1a over the id's UTF-16 units, 64 bits: the same on every machine.</summary>
    internal static ulong HashOf(string id)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var unit in id) hash = unchecked((hash ^ unit) * 0x100000001B3UL);
        return hash;
    }
}

/// <summary>What random numbers are for; each purpose has its own.</summary>
public enum DrawPurpose
{
    /// <summary>Which candidate is proposed.</summary>
    Proposal,

    /// <summary>Whether a proposal is accepted.</summary>
    Acceptance,

    /// <summary>Whether an earlier acceptance is kept when the bound grows.</summary>
    Thinning,

    /// <summary>Keys of sampling without replacement.</summary>
    Keys,

    /// <summary>Easy negatives, from a pool.</summary>
    Pool,
}
