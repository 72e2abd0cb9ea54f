using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Collections;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A few passages with their terms counted and their texts as bytes: what can be done for many batches at once. Its memory serves for one batch after the other.</summary>
internal sealed class AnalysedBatch
{
    private readonly List<(int Term, int Frequency)> _terms = [];
    private readonly List<string> _texts = [];
    private readonly List<int> _touched = [];
    private int[] _counts = [];

    /// <summary>The passages.</summary>
    internal IReadOnlyList<Passage> Passages { get; private set; } = [];

    /// <summary>Distinct terms of the batch.</summary>
    internal IdTable Vocabulary { get; } = new();

    /// <summary>Number of terms of every passage.</summary>
    internal int[] Lengths { get; private set; } = [];

    /// <summary>End of every passage's part of <see cref="Terms"/>.</summary>
    internal int[] TermEnds { get; private set; } = [];

    /// <summary>Distinct terms of the passages, one passage after the other, as numbers of <see cref="Vocabulary"/>.</summary>
    internal ReadOnlySpan<(int Term, int Frequency)> Terms => CollectionsMarshal.AsSpan(_terms);

    /// <summary>Where the terms of every passage stand: for each in the order of <see cref="Terms"/> its positions as gaps, varints. Empty for an index without positions.</summary>
    internal byte[][] Positions { get; private set; } = [];

    /// <summary>Length of the title as varint, title, text.</summary>
    internal byte[][] Records { get; private set; } = [];

    /// <summary>The language that all passages are in; null when there are several.</summary>
    internal string? Language { get; private set; }

    /// <summary>Analyses passages in place of those before.</summary>
    /// <param name="passages">The passages, at least one.</param>
    /// <param name="analyzer">Makes terms of their texts.</param>
    /// <param name="positions">Whether to keep where terms stand.</param>
    internal void Analyse(IReadOnlyList<Passage> passages, IAnalyzer analyzer, bool positions)
    {
        (Passages, Lengths, TermEnds, Records, Positions) = (passages, new int[passages.Count], new int[passages.Count], new byte[passages.Count][], new byte[passages.Count][]);
        Language = passages.All(passage => passage.Language == passages[0].Language) ? passages[0].Language : null;
        Vocabulary.Clear();
        _terms.Clear();
        var places = positions ? new PassagePositions() : null;
        Span<byte> utf8 = stackalloc byte[TermForm.MaxBytes];
        for (var passage = 0; passage < passages.Count; passage++)
        {
            _texts.Clear();
            _touched.Clear();
            if (places is null) analyzer.Analyze(passages[passage].FullText, passages[passage].Language, _texts);
            else places.Analyze(passages[passage], analyzer, _texts);
            foreach (var text in _texts)
            {
                var term = Vocabulary.Add(utf8[..TermForm.Write(text, utf8)]);
                if (term >= _counts.Length) Array.Resize(ref _counts, Math.Max(1024, 2 * term));
                if (_counts[term]++ == 0) _touched.Add(term);
                places?.Terms.Add(term);
            }
            Positions[passage] = places?.Encode(_touched, _counts) ?? [];
            foreach (var term in _touched)
            {
                _terms.Add((term, _counts[term]));
                _counts[term] = 0;
            }
            Lengths[passage] = _texts.Count;
            TermEnds[passage] = _terms.Count;
            Records[passage] = RecordOf(passages[passage]);
        }
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
