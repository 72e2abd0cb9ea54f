namespace Dragoman.Retrieval.Translators.Dictionaries;

/// <summary>Headwords of one or several units with their translations, found by the longest that a text begins with. Immutable once filled; then thread-safe.</summary>
internal sealed class PhraseTrie
{
    private readonly Node _root = new();

    /// <summary>Adds a translation of a headword; one that is there already is passed over.</summary>
    /// <param name="headword">The units; at least one.</param>
    /// <param name="translation">The translation.</param>
    internal void Add(ReadOnlySpan<PhraseUnit> headword, string translation)
    {
        var node = _root;
        foreach (var unit in headword) node = node.Child(unit.Term);
        var form = FormOf(headword);
        var senses = node.Forms.Find(known => known.Form == form).Senses;
        if (senses is null) node.Forms.Add((form, senses = []));
        if (!senses.Contains(translation)) senses.Add(translation);
    }

    /// <summary>The longest headword that stands at a place.</summary>
    /// <param name="text">The units of the text.</param>
    /// <returns>How many units it has, 0 without one, and its translations in the order of the dictionary: those of headwords written as the text is, or of all with the same stems where none is.</returns>
    internal (int Units, IReadOnlyList<string> Translations) Longest(ReadOnlySpan<PhraseUnit> text)
    {
        var node = _root;
        Node? found = null;
        var units = 0;
        for (var at = 0; at < text.Length && node.ChildOrNull(text[at].Term) is { } next; at++)
        {
            node = next;
            if (node.Forms.Count > 0) (found, units) = (node, at + 1);
        }
        if (found is null) return (0, []);
        var form = FormOf(text[..units]);
        return (units, found.Forms.Find(known => known.Form == form).Senses ?? [.. found.Forms.SelectMany(known => known.Senses).Distinct(StringComparer.Ordinal)]);
    }

    private static string FormOf(ReadOnlySpan<PhraseUnit> units)
    {
        if (units.Length == 1) return units[0].Folded;
        var words = new string[units.Length];
        for (var unit = 0; unit < words.Length; unit++) words[unit] = units[unit].Folded;
        return string.Join(' ', words);
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;

        internal List<(string Form, List<string> Senses)> Forms { get; } = [];

        internal Node? ChildOrNull(string term) => _children?.GetValueOrDefault(term);

        internal Node Child(string term)
        {
            _children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!_children.TryGetValue(term, out var child)) _children[term] = child = new Node();
            return child;
        }
    }
}
