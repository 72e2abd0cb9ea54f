using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Translators.Dictionaries;

/// <summary>What a dictionary is searched by: a word, stemmed, or a character where words are not spaced.</summary>
/// <param name="Start">Where it starts in the text, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Folded">As written, with letters folded.</param>
/// <param name="Term">Stemmed.</param>
internal readonly record struct PhraseUnit(int Start, int End, string Folded, string Term)
{
    /// <summary>The analyzer that makes units of text in any language.</summary>
    internal const string Analyzer = "per-language/unstopped/characters";

    /// <summary>The units of a text.</summary>
    internal static PhraseUnit[] Of(string text, string language, IExplainedAnalyzer analyzer) =>
        [.. analyzer.Explain(text, language).Words.Where(word => word.Term is not null).Select(word => new PhraseUnit(word.Start, word.End, word.Folded, word.Term!))];
}
