namespace Dragoman.Training.TranslationTables;

/// <summary>Terms of one language, numbered from 0 in order of first appearance.</summary>
internal sealed class TermVocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];

    /// <summary>How many terms there are.</summary>
    internal int Count => _terms.Count;

    /// <summary>The term of a number.</summary>
    /// <param name="number">From 0 to below <see cref="Count"/>.</param>
    internal string this[int number] => _terms[number];

    /// <summary>The number of a term, given to it now if it is new.</summary>
    /// <param name="term">The term.</param>
    internal int Add(string term)
    {
        if (_numbers.TryGetValue(term, out var number)) return number;
        _numbers[term] = number = _terms.Count;
        _terms.Add(term);
        return number;
    }
}
