using System.Numerics;

namespace Dragoman.Evaluation.Checks;

/// <summary>
/// Finds pairs of texts that may be near-duplicates by MinHash and banding (Broder, 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4); the caller verifies
/// them. 20 bands of 5 hashes: a pair of Jaccard similarity 0.8 is a candidate with probability 0.9996, one of 0.5 with 0.47. 88 bytes a text.
/// </summary>
internal sealed class NearDuplicates
{
    private const int Bands = 20, Rows = 5, Hashes = Bands * Rows;

    /// <summary>Texts of one band key and one group that others are compared with at most: boilerplate must not cost a square of its frequency.</summary>
    private const int MostPartners = 16;

    private readonly uint[] _multipliers = new uint[Hashes], _offsets = new uint[Hashes];
    private readonly int _shingle;
    private readonly List<uint> _keys = [];                          // [items, bands]
    private readonly List<ulong> _groups = [];                       // [items]

    /// <param name="shingle">Characters of a shingle.</param>
    /// <param name="seed">Seed of the hash functions.</param>
    internal NearDuplicates(int shingle, int seed)
    {
        _shingle = shingle;
        var random = new Random(seed);
        for (var i = 0; i < Hashes; i++) (_multipliers[i], _offsets[i]) = ((uint)random.NextInt64(1L << 32) | 1, (uint)random.NextInt64(1L << 32));
    }

    /// <summary>Texts added.</summary>
    internal int Count => _groups.Count;

    /// <summary>Groups of a text, as bits.</summary>
    internal ulong Groups(int item) => _groups[item];

    /// <summary>Adds a text and gives it the next number, from 0.</summary>
    /// <param name="normalised">From <see cref="Shingles.Normalised"/>; a text without letters is like no other.</param>
    /// <param name="groups">The splits or collections it belongs to, as bits.</param>
    internal void Add(string normalised, ulong groups)
    {
        Span<uint> minima = stackalloc uint[Hashes];
        minima.Fill(uint.MaxValue);
        var shingles = Shingles.Of(normalised, _shingle);
        foreach (var shingle in shingles) Lower(minima, shingle);
        for (var band = 0; band < Bands; band++)
        {
            // Texts without shingles get keys of their own.
            var key = shingles.Length == 0 ? (uint)_groups.Count * 0x9E3779B9 : 0x811C9DC5 + (uint)band;
            foreach (var minimum in minima.Slice(band * Rows, Rows)) key = BitOperations.RotateLeft((key ^ minimum) * 0x9E3779B1, 15);
            _keys.Add(key);
        }
        _groups.Add(groups);
    }

    /// <summary>Pairs of different groups that share a band, each once, ascending.</summary>
    /// <param name="mostPairs">Stops after so many.</param>
    internal List<(int Left, int Right)> Candidates(int mostPairs)
    {
        var pairs = new HashSet<(int, int)>();
        var order = new ulong[Count];
        for (var band = 0; band < Bands && pairs.Count < mostPairs; band++)
        {
            for (var item = 0; item < order.Length; item++) order[item] = ((ulong)_keys[item * Bands + band] << 32) | (uint)item;
            Array.Sort(order);
            for (var first = 0; first < order.Length;)
            {
                var end = first + 1;
                while (end < order.Length && order[end] >> 32 == order[first] >> 32) end++;
                if (end - first > 1) Pair(order.AsSpan(first, end - first), pairs);
                first = end;
            }
        }
        return [.. pairs.Order().Take(mostPairs)];
    }

    private void Pair(ReadOnlySpan<ulong> run, HashSet<(int, int)> pairs)
    {
        var partners = new Dictionary<ulong, List<int>>();
        foreach (var entry in run)
        {
            var item = (int)(uint)entry;
            foreach (var (groups, items) in partners)
            {
                if (!Differ(groups, _groups[item])) continue;
                foreach (var partner in items) pairs.Add((partner, item));
            }
            if (!partners.TryGetValue(_groups[item], out var same)) partners[_groups[item]] = same = [];
            if (same.Count < MostPartners) same.Add(item);
        }
    }

    /// <summary>Whether there is a group of one text and another group of the other.</summary>
    private static bool Differ(ulong left, ulong right) => left != 0 && right != 0 && !(left == right && BitOperations.IsPow2(left));

    private void Lower(Span<uint> minima, uint shingle)
    {
        var (wide, value) = (Vector<uint>.Count, new Vector<uint>(shingle));
        var at = 0;
        for (; at + wide <= Hashes; at += wide)
        {
            var hash = value * new Vector<uint>(_multipliers, at) + new Vector<uint>(_offsets, at);
            Vector.Min(hash, new Vector<uint>(minima[at..])).CopyTo(minima[at..]);
        }
        for (; at < Hashes; at++) minima[at] = Math.Min(minima[at], unchecked(shingle * _multipliers[at] + _offsets[at]));
    }
}
