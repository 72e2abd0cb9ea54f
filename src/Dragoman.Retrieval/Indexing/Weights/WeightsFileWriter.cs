using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>
/// Writes the weights of a segment: a file of a segment's form, with a dictionary and postings for every pair of languages. A posting's value is the bits of a weight. Memory holds the postings of one
/// term and the dictionary of one pair. Not thread-safe.
/// </summary>
/// <param name="stream">Where to write.</param>
/// <param name="number">Number of the file.</param>
/// <param name="segment">Number of the segment whose passages have the weights.</param>
internal sealed class WeightsFileWriter(Stream stream, long number, long segment)
{
    private readonly SegmentFileWriter _writer = new(stream, number);
    private readonly List<PairDescription> _pairs = [];

    /// <summary>Writes a pair of languages; pairs come in ordinal order of passage language, then query language.</summary>
    /// <param name="passageLanguage">Language of the passages.</param>
    /// <param name="queryLanguage">Language of the terms.</param>
    /// <param name="passageCount">Number of passages in the language.</param>
    /// <param name="sources">The weights; the passages of a source come before those of the next.</param>
    /// <param name="cancellationToken">Stops between terms.</param>
    internal void Write(string passageLanguage, string queryLanguage, int passageCount, IReadOnlyList<WeightSource> sources, CancellationToken cancellationToken)
    {
        var (dictionary, encoder) = (new TermDictionaryWriter(), new PostingsEncoder());
        var (passages, values, postings) = (new List<int>(), new List<int>(), 0L);
        // A weight knows the length already: with one length for all, a block's bound is its best weight.
        var lengths = new int[passageCount];
        var open = sources.Where(source => source.Read()).ToList();
        _writer.Begin(SectionKind.Postings, _pairs.Count);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var term = Smallest(open);
            passages.Clear();
            values.Clear();
            for (var place = 0; place < open.Count; place++)
            {
                if (!open[place].Term.SequenceEqual(term)) continue;
                open[place].AppendTo(passages, values);
                if (!open[place].Read()) open.RemoveAt(place--);
            }
            if (passages.Count == 0) continue;
            var list = encoder.Encode(CollectionsMarshal.AsSpan(passages), CollectionsMarshal.AsSpan(values), lengths);
            _writer.Write(list);
            dictionary.Add(term, passages.Count, passages.Count, list.Length);
            postings += passages.Count;
        }
        _writer.End();
        dictionary.WriteTo(_writer, _pairs.Count);
        _pairs.Add(new PairDescription(passageLanguage, queryLanguage, dictionary.Count, postings));
    }

    /// <summary>Writes the description and the checksums.</summary>
    internal void Finish()
    {
        _writer.Begin(SectionKind.Description);
        _writer.Write((ulong)segment);
        _writer.Write((ulong)_pairs.Count);
        foreach (var pair in _pairs)
        {
            WriteText(pair.PassageLanguage);
            WriteText(pair.QueryLanguage);
            _writer.Write((ulong)pair.Terms);
            _writer.Write((ulong)pair.Postings);
        }
        _writer.End();
        _writer.Finish();
    }

    private void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _writer.Write((ulong)bytes.Length);
        _writer.Write(bytes);
    }

    private static byte[] Smallest(List<WeightSource> sources)
    {
        var smallest = sources[0];
        foreach (var source in sources)
        {
            if (source.Term.SequenceCompareTo(smallest.Term) < 0) smallest = source;
        }
        return smallest.Term.ToArray();
    }
}

/// <summary>What the weights of a pair of languages in a segment are.</summary>
/// <param name="PassageLanguage">Language of the passages.</param>
/// <param name="QueryLanguage">Language of the terms.</param>
/// <param name="Terms">Number of distinct terms.</param>
/// <param name="Postings">Number of weights.</param>
internal sealed record PairDescription(string PassageLanguage, string QueryLanguage, int Terms, long Postings);
