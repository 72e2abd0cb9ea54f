using System.Numerics;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The deleted passages of a segment, one bit each. Reading is thread-safe.</summary>
internal sealed class Tombstones
{
    private const int WordBits = 64;
    private readonly ulong[] _words;

    /// <summary>Creates an empty set.</summary>
    /// <param name="passages">Number of passages of the segment.</param>
    internal Tombstones(int passages) => _words = new ulong[(passages + WordBits - 1) / WordBits];

    private Tombstones(Tombstones other) => (_words, Count) = ((ulong[])other._words.Clone(), other.Count);

    /// <summary>Number of deleted passages.</summary>
    internal int Count { get; private set; }

    internal bool Contains(int passage) => (_words[passage / WordBits] >> (passage % WordBits) & 1) != 0;

    /// <summary>Adds a passage; false when it is there already.</summary>
    internal bool Add(int passage)
    {
        if (Contains(passage)) return false;
        _words[passage / WordBits] |= 1UL << (passage % WordBits);
        Count++;
        return true;
    }

    internal Tombstones Copy() => new(this);

    /// <summary>The passages, ascending.</summary>
    internal IEnumerable<int> Passages()
    {
        for (var word = 0; word < _words.Length; word++)
        {
            for (var rest = _words[word]; rest != 0; rest &= rest - 1) yield return word * WordBits + BitOperations.TrailingZeroCount(rest);
        }
    }

    /// <summary>The passages as gaps, varints.</summary>
    internal byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        var previous = -1;
        foreach (var passage in Passages())
        {
            VarInt.Write(bytes, (ulong)(passage - previous - 1));
            previous = passage;
        }
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null when it does not fit a segment of so many passages.</summary>
    internal static Tombstones? FromBytes(ReadOnlySpan<byte> bytes, int passages)
    {
        var tombstones = new Tombstones(passages);
        var (position, passage) = (0, -1L);
        while (position < bytes.Length)
        {
            if (!VarInt.TryRead(bytes, ref position, out var gap) || gap >= (ulong)passages) return null;
            passage += (long)gap + 1;
            if (passage >= passages) return null;
            tombstones.Add((int)passage);
        }
        return tombstones;
    }
}
