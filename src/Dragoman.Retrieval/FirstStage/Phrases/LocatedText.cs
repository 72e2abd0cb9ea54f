using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>A text with its terms, their positions and, where the analyzer can say, their places in the text. Immutable.</summary>
internal sealed class LocatedText
{
    private readonly IReadOnlyList<AnalyzedWord>? _words;
    private readonly Dictionary<string, List<int>> _positions = new(StringComparer.Ordinal);

    /// <summary>Analyses a text.</summary>
    internal LocatedText(string text, string language, IAnalyzer analyzer)
    {
        if (analyzer is IExplainedAnalyzer explained)
        {
            _words = explained.Explain(text, language).Words;
            foreach (var word in _words) Add(word.Term, word.Position);
            return;
        }
        var located = new List<PositionedTerm>();
        analyzer.Locate(text, language, located);
        foreach (var term in located) Add(term.Term, term.Position);
    }

    /// <summary>The pieces of the text, in order; empty when the analyzer cannot say.</summary>
    internal IReadOnlyList<AnalyzedWord> Words => _words ?? [];

    /// <summary>Where a phrase occurs.</summary>
    internal IEnumerable<(int Start, int End)> Occurrences(PhrasePattern pattern)
    {
        var positions = new ReadOnlyMemory<int>[pattern.Terms.Count];
        for (var term = 0; term < positions.Length; term++)
        {
            if (!_positions.TryGetValue(pattern.Terms[term], out var found)) yield break;
            positions[term] = found.ToArray();
        }
        for (var from = 0; pattern.TryFind(positions, from, out var start, out var end); from = pattern.Phrase.Window is null ? start + 1 : end) yield return (start, end);
    }

    /// <summary>The part of the text that takes some places; null when the analyzer cannot say.</summary>
    internal (int Start, int End)? SourceOf(int start, int end)
    {
        if (_words is null) return null;
        var first = FirstAt(start);
        var source = (Start: int.MaxValue, End: 0);
        for (var place = first; place < _words.Count && _words[place].Position < end; place++)
        {
            if (_words[place].Position + _words[place].Width > end) continue;
            source = (Math.Min(source.Start, _words[place].Start), Math.Max(source.End, _words[place].End));
        }
        return source.End == 0 ? null : source;
    }

    private void Add(string? term, int position)
    {
        if (term is null) return;
        if (!_positions.TryGetValue(term, out var positions)) _positions.Add(term, positions = []);
        positions.Add(position);
    }

    private int FirstAt(int position)
    {
        var (low, high) = (0, _words!.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_words[middle].Position < position) low = middle + 1; else high = middle;
        }
        return low;
    }
}
