namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Ukrainian and Belarusian: the apostrophe inside a word is no letter (м'яч).</summary>
internal sealed class DroppedApostrophe : IScriptFolding
{
    internal static readonly DroppedApostrophe Instance = new();

    private DroppedApostrophe()
    {
    }

    /// <inheritdoc/>
    public bool IsOtherScript(ReadOnlySpan<char> folded, string language) => false;

    /// <inheritdoc/>
    public string Respell(string word, bool otherScript) => word.Replace("'", "", StringComparison.Ordinal);
}
