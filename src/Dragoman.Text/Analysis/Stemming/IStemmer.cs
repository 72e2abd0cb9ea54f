namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Cuts the inflection off a word. Thread-safe and deterministic.</summary>
internal interface IStemmer
{
    /// <summary>The stem of a folded, lower-case word; the word itself where no rule fits. Never empty for a word that is not.</summary>
    string Stem(string word);
}
