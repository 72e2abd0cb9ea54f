namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Turkish and Azerbaijani names: what follows an apostrophe is a suffix (Ankara'nın) and is cut off.</summary>
internal sealed class ApostropheSuffix : IScriptFolding
{
    internal static readonly ApostropheSuffix Instance = new();

    private ApostropheSuffix()
    {
    }

    /// <inheritdoc/>
    public bool IsOtherScript(ReadOnlySpan<char> folded, string language) => false;

    /// <inheritdoc/>
    public string Respell(string word, bool otherScript) => word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var place ? word[..place] : word;
}
