using System.Text;
using Dragoman.Collections;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A few passages with their terms counted and their texts as bytes: what can be done for many batches at once. Immutable once made.</summary>
internal sealed class AnalysedBatch
{
    private readonly List<(int Term, int Frequency)> _terms = [];

    private AnalysedBatch(IReadOnlyList<Passage> passages)
    {
        Passages = passages;
        Lengths = new int[passages.Count];
        TermEnds = new int[passages.Count];
        Records = new byte[passages.Count][];
        Positions = new byte[passages.Count][];
    }

    /// <summary>The passages.</summary>
    internal IReadOnlyList<Passage> Passages { get; }

    /// <summary>Distinct terms of the batch.</summary>
    internal IdTable Vocabulary { get; } = new();

    /// <summary>Number of terms of every passage.</summary>
    internal int[] Lengths { get; }

    /// <summary>End of every passage's part of <see cref="Terms"/>.</summary>
    internal int[] TermEnds { get; }

    /// <summary>Distinct terms of the passages, one passage after the other, as numbers of <see cref="Vocabulary"/>.</summary>
    internal IReadOnlyList<(int Term, int Frequency)> Terms => _terms;

    /// <summary>Where the terms of every passage stand: for each in the order of <see cref="Terms"/> its positions as gaps, varints. Empty for an index without positions.</summary>
    internal byte[][] Positions { get; }

    /// <summary>Length of the title as varint, title, text.</summary>
    internal byte[][] Records { get; }

    /// <summary>Analyses passages.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="analyzer">Makes terms of their texts.</param>
    /// <param name="positions">Whether to keep where terms stand.</param>
    internal static AnalysedBatch Of(IReadOnlyList<Passage> passages, IAnalyzer analyzer, bool positions)
    {
        var batch = new AnalysedBatch(passages);
        var (terms, places) = (new List<string>(), positions ? new PassagePositions() : null);
        var counts = Array.Empty<int>();
        var touched = new List<int>();
        Span<byte> utf8 = stackalloc byte[TermForm.MaxBytes];
        for (var passage = 0; passage < passages.Count; passage++)
        {
            terms.Clear();
            touched.Clear();
            if (places is null) analyzer.Analyze(passages[passage].FullText, passages[passage].Language, terms);
            else places.Analyze(passages[passage], analyzer, terms);
            foreach (var text in terms)
            {
                var term = batch.Vocabulary.Add(utf8[..TermForm.Write(text, utf8)]);
                if (term >= counts.Length) Array.Resize(ref counts, Math.Max(1024, 2 * term));
                if (counts[term]++ == 0) touched.Add(term);
                places?.Terms.Add(term);
            }
            batch.Positions[passage] = places?.Encode(touched, counts) ?? [];
            foreach (var term in touched)
            {
                batch._terms.Add((term, counts[term]));
                counts[term] = 0;
            }
            batch.Lengths[passage] = terms.Count;
            batch.TermEnds[passage] = batch._terms.Count;
            batch.Records[passage] = RecordOf(passages[passage]);
        }
        return batch;
    }

    private static byte[] RecordOf(Passage passage)
    {
        var title = Encoding.UTF8.GetByteCount(passage.Title);
        Span<byte> head = stackalloc byte[VarInt.MaxBytes];
        head = head[..VarInt.Write(head, (ulong)title)];
        var record = new byte[head.Length + title + Encoding.UTF8.GetByteCount(passage.Text)];
        head.CopyTo(record);
        Encoding.UTF8.GetBytes(passage.Title, record.AsSpan(head.Length));
        Encoding.UTF8.GetBytes(passage.Text, record.AsSpan(head.Length + title));
        return record;
    }
}
