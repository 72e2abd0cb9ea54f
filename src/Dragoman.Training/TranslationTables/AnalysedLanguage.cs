using System.Runtime.InteropServices;

namespace Dragoman.Training.TranslationTables;

/// <summary>The texts of one language as numbers of terms, by the row they stand in. 4 bytes a term and 8 a text.</summary>
/// <param name="maxTerms">Texts of more terms are counted and noted as too long, without their terms.</param>
internal sealed class AnalysedLanguage(int maxTerms)
{
    private readonly List<int> _rows = [], _starts = [0], _terms = [];
    private readonly List<long> _counts = [];

    /// <summary>The terms of all texts.</summary>
    internal TermVocabulary Terms { get; } = new();

    /// <summary>The rows that have a text in this language, ascending.</summary>
    internal ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Memory of the texts, in bytes, without the vocabulary.</summary>
    internal long Bytes => sizeof(int) * ((long)_rows.Count + _starts.Count + _terms.Count);

    /// <summary>Adds the text of a row; rows come in ascending order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="terms">The text's terms.</param>
    internal void Add(int row, IReadOnlyList<string> terms)
    {
        var isTooLong = terms.Count > maxTerms;
        foreach (var term in terms)
        {
            var number = Terms.Add(term);
            if (number == _counts.Count) _counts.Add(0);
            _counts[number]++;
            if (!isTooLong) _terms.Add(number);
        }
        _rows.Add(row);
        _starts.Add(_terms.Count);
    }

    /// <summary>The terms of a text; empty when it has none or too many.</summary>
    /// <param name="text">Its place in <see cref="Rows"/>.</param>
    internal ReadOnlySpan<int> TermsOf(int text) => CollectionsMarshal.AsSpan(_terms)[_starts[text].._starts[text + 1]];

    /// <summary>How often each term occurs, texts that are too long included.</summary>
    internal Dictionary<string, long> Counts() => Enumerable.Range(0, Terms.Count).ToDictionary(number => Terms[number], number => _counts[number], StringComparer.Ordinal);
}
