namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>The letters of a language's texts in its script, each text ending in a boundary.</summary>
internal sealed class LetterStream
{
    private readonly List<char> _symbols = [];

    /// <summary>Letters and boundaries read.</summary>
    internal int Count => _symbols.Count;

    /// <summary>All symbols, in order.</summary>
    internal IReadOnlyList<char> Symbols => _symbols;

    /// <summary>Reads a text.</summary>
    internal void Add(string text, LetterScript script)
    {
        var sink = new Sink(_symbols);
        var whole = LetterReader.NeedsComposition(text) ? LetterReader.Composed(text) : text;
        LetterReader.Read(whole, script, ref sink);
        if (_symbols.Count > 0) _symbols.Add(TextEnd);
    }

    /// <summary>Parts texts; histories do not cross it.</summary>
    internal const char TextEnd = '\n';

    private readonly struct Sink(List<char> symbols) : LetterReader.ISink
    {
        public void Add(char symbol) => symbols.Add(symbol);
    }
}
