using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>Marks what a passage shares with a query, as the analyzer sees it: phrases above all, then terms, rare ones more than frequent ones. Thread-safe.</summary>
internal sealed class QueryMarks
{
    // What is behind it in a very long text is not looked at.
    private const int MostLetters = 1 << 18;
    private const double PhraseWeight = 1000;
    private readonly IAnalyzer _analyzer;
    private readonly PhrasePattern[] _patterns;
    private readonly Dictionary<string, (int Kind, double Weight)> _terms = new(StringComparer.Ordinal);

    /// <summary>Prepares a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="index">The index, for how rare terms are.</param>
    /// <param name="analyzer">The analyzer that built it.</param>
    internal QueryMarks(PhraseQuery query, SearchIndex index, IAnalyzer analyzer)
    {
        _analyzer = analyzer;
        _patterns = new PhraseFinder(index, analyzer).PatternsOf(query);
        var terms = new List<string>();
        analyzer.Analyze(query.Query.Text, query.Query.Language, terms);
        var statistics = index.Terms.Statistics([.. index.Passages.Languages.Select(_ => true)]);
        foreach (var term in terms.Distinct(StringComparer.Ordinal)) _terms.Add(term, (_patterns.Length + _terms.Count, Math.Log(1 + statistics.PassageCount / (1.0 + statistics.Of(term).Passages))));
    }

    /// <summary>The marks of a text, in order; empty when the analyzer cannot say where terms stand.</summary>
    internal List<SnippetMark> Of(string line, string language)
    {
        var marks = new List<SnippetMark>();
        if (_terms.Count == 0) return marks;
        var text = new LocatedText(line.Length <= MostLetters ? line : line[..MostLetters], language, _analyzer);
        foreach (var word in text.Words)
        {
            if (word.Term is not null && _terms.TryGetValue(word.Term, out var term)) marks.Add(new SnippetMark(word.Start, word.End, term.Kind, term.Weight));
        }
        for (var phrase = 0; phrase < _patterns.Length; phrase++)
        {
            foreach (var (start, end) in text.Occurrences(_patterns[phrase]))
            {
                if (text.SourceOf(start, end) is { } source) marks.Add(new SnippetMark(source.Start, source.End, phrase, PhraseWeight));
            }
        }
        marks.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        return marks;
    }
}
