using System.Buffers;
using Dragoman.Collections;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>Gathers where the terms of a passage stand. Used for one passage after the other; not thread-safe.</summary>
internal sealed class PassagePositions
{
    private readonly List<PositionedTerm> _located = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int[] _positions = new int[64], _next = [];

    /// <summary>Number of every term of the passage, in order of appearance.</summary>
    internal List<int> Terms { get; } = [];

    /// <summary>Begins a passage.</summary>
    internal void Analyze(Passage passage, IAnalyzer analyzer, List<string> terms)
    {
        Terms.Clear();
        _located.Clear();
        analyzer.Locate(passage.FullText, passage.Language, _located);
        foreach (var located in _located) terms.Add(located.Term);
    }

    /// <summary>The positions of distinct terms as gaps, varints, one term after the other.</summary>
    /// <param name="distinct">The distinct terms of <see cref="Terms"/>, in the order wanted.</param>
    /// <param name="counts">How often each occurs, by its number.</param>
    internal byte[] Encode(List<int> distinct, int[] counts)
    {
        if (_positions.Length < Terms.Count) _positions = new int[2 * Terms.Count];
        if (_next.Length < counts.Length) _next = new int[counts.Length];
        var start = 0;
        foreach (var term in distinct)
        {
            _next[term] = start;
            start += counts[term];
        }
        for (var place = 0; place < Terms.Count; place++) _positions[_next[Terms[place]]++] = _located[place].Position;
        _bytes.ResetWrittenCount();
        var at = 0;
        foreach (var term in distinct)
        {
            var previous = 0;
            foreach (var position in _positions.AsSpan(at, counts[term]))
            {
                _bytes.Advance(VarInt.Write(_bytes.GetSpan(VarInt.MaxBytes), (ulong)(position - previous)));
                previous = position;
            }
            at += counts[term];
        }
        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads the positions of one term, as <see cref="Encode"/> wrote them.</summary>
    /// <param name="encoded">The positions of a passage.</param>
    /// <param name="at">Where the term's begin; moved behind them.</param>
    /// <param name="positions">Receives as many as it is long.</param>
    internal static void Decode(ReadOnlySpan<byte> encoded, ref int at, Span<int> positions)
    {
        var position = 0;
        foreach (ref var target in positions)
        {
            VarInt.TryRead(encoded, ref at, out var gap);
            target = position += (int)gap;
        }
    }
}
