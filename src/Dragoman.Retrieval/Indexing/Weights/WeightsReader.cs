using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>The weights of a segment, opened for reading. Thread-safe until disposed.</summary>
internal sealed class WeightsReader : IDisposable
{
    private readonly SegmentFile _file;

    /// <summary>Opens the weights of a segment.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="number">The file's number in the index.</param>
    /// <param name="segment">Number of the segment.</param>
    /// <exception cref="DataFormatException">The file is missing, cut short, damaged, or of another segment.</exception>
    internal WeightsReader(string path, long number, long segment)
    {
        Number = number;
        _file = new SegmentFile(path, number);
        try
        {
            Pairs = Read(segment);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The file's number in its index.</summary>
    internal long Number { get; }

    /// <summary>Size in bytes.</summary>
    internal long Bytes => _file.Bytes;

    /// <summary>A checksum over the whole file.</summary>
    internal uint Checksum => _file.Checksum;

    /// <summary>The pairs of languages.</summary>
    internal IReadOnlyList<PairWeights> Pairs { get; }

    /// <summary>The weights of passages in a language for queries in another; null when there are none.</summary>
    internal PairWeights? Find(string passageLanguage, string queryLanguage)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Description.PassageLanguage == passageLanguage && pair.Description.QueryLanguage == queryLanguage) return pair;
        }
        return null;
    }

    internal void VerifyAll() => _file.VerifyAll();

    internal DataFormatException Damaged(string problem) => _file.Damaged(problem);

    private PairWeights[] Read(long segment)
    {
        var bytes = _file.Section(SectionKind.Description).All;
        var position = 0;
        var of = (long)Number(bytes, ref position);
        if (of != segment) throw _file.Damaged($"it holds the weights of segment {of}, not of {segment}");
        var pairs = new PairWeights[Number(bytes, ref position)];
        for (var pair = 0; pair < pairs.Length; pair++)
        {
            var described = new PairDescription(Text(bytes, ref position), Text(bytes, ref position), (int)Number(bytes, ref position), (long)Number(bytes, ref position));
            pairs[pair] = new PairWeights(described, new TermDictionary(_file, pair, described.Terms), _file.Section(SectionKind.Postings, pair));
        }
        return pairs;

        ulong Number(ReadOnlySpan<byte> from, ref int at) => VarInt.TryRead(from, ref at, out var number) ? number : throw _file.Damaged("its description is cut short");

        string Text(ReadOnlySpan<byte> from, ref int at)
        {
            var length = (int)Number(from, ref at);
            var text = Encoding.UTF8.GetString(from.Slice(at, length));
            at += length;
            return text;
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>The weights of a pair of languages in a segment.</summary>
/// <param name="Description">Languages and counts.</param>
/// <param name="Terms">The terms of the query language.</param>
/// <param name="Section">The postings.</param>
internal sealed record PairWeights(PairDescription Description, TermDictionary Terms, MappedSection Section)
{
    /// <summary>The postings of a term: passage numbers count from the first passage in the language, values are the bits of weights.</summary>
    internal PostingsCursor Postings(TermEntry entry) => new(Section, entry);
}
