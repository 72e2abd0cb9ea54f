namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Writes the words of a language that is written in several scripts, or with several spellings, in one. Thread-safe.</summary>
internal interface IScriptFolding
{
    /// <summary>Whether a text as a whole is in the other script, so that words that could be foreign names are the language's own.</summary>
    /// <param name="folded">The folded text.</param>
    /// <param name="language">Its tag, which may name a script.</param>
    bool IsOtherScript(ReadOnlySpan<char> folded, string language);

    /// <summary>A folded word in the language's one spelling.</summary>
    /// <param name="word">The word.</param>
    /// <param name="otherScript">What <see cref="IsOtherScript"/> said of its text.</param>
    string Respell(string word, bool otherScript);
}
