namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>
/// Tells traditional from simplified Chinese by characters that only one of them uses, learned from pairs of both. Data sets mix the two under <c>zh</c>; learning from such rows would
/// blur exactly what the identifier has to tell apart.
/// </summary>
internal sealed class ChineseScripts
{
    private readonly HashSet<char> _simplified = [], _traditional = [];

    /// <summary>Learns from a word in both scripts; pairs of different length are passed over.</summary>
    internal void Add(string simplified, string traditional)
    {
        if (simplified.Length != traditional.Length) return;
        for (var at = 0; at < simplified.Length; at++)
        {
            _simplified.Add(simplified[at]);
            _traditional.Add(traditional[at]);
        }
    }

    /// <summary>The tag of a Chinese text by its characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="given">The tag to keep where the characters do not say.</param>
    internal string TagOf(string text, string given)
    {
        var (simplified, traditional) = (0, 0);
        foreach (var character in text)
        {
            var (inSimplified, inTraditional) = (_simplified.Contains(character), _traditional.Contains(character));
            if (inSimplified && !inTraditional) simplified++;
            if (inTraditional && !inSimplified) traditional++;
        }
        return simplified > traditional ? "zh" : traditional > simplified ? "zh-Hant" : given;
    }
}
