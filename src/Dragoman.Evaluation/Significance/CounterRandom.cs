namespace Dragoman.Evaluation.Significance;

/// <summary>
/// Random numbers by their position, so that work can be cut into pieces in any way: the n-th output of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), whose
/// state is a counter. Every stream of a seed is a generator of its own.
/// </summary>
public readonly struct CounterRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private readonly ulong _start;

    /// <summary>Starts a generator.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="stream">What the numbers are for.</param>
    public CounterRandom(int seed, ulong stream) => _start = Mix(Mix(unchecked((ulong)seed + Step)) ^ Mix(unchecked((stream * Step) + 1)));

    /// <summary>64 random bits.</summary>
    /// <param name="position">Which.</param>
    public ulong this[ulong position] => Mix(unchecked(_start + (position * Step)));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
