using System.Collections.Frozen;
using Dragoman.Text.Analysis.Folding;
using Dragoman.Text.Analysis.Scripts;
using Dragoman.Text.Analysis.Segmentation;
using Dragoman.Text.Analysis.Stemming;
using Dragoman.Text.Analysis.StopWords;

namespace Dragoman.Text.Analysis;

/// <summary>What a language's analyzer does. Whatever changes a term must raise <see cref="Version"/>.</summary>
/// <param name="Language">ISO 639 code.</param>
internal sealed record LanguageRules(string Language)
{
    /// <summary>Raised whenever a text may get other terms.</summary>
    internal int Version { get; init; } = 1;

    /// <summary>Letters that are equal.</summary>
    internal LetterFolding Letters { get; init; } = LetterFolding.Common;

    /// <summary>Whether Chinese characters are folded to simplified ones.</summary>
    internal bool FoldsHan { get; init; }

    /// <summary>Characters that belong to a word between two letters.</summary>
    internal string Joiners { get; init; } = "";

    /// <summary>How runs of scripts without spaces are cut.</summary>
    internal UnspacedText Unspaced { get; init; } = UnspacedText.Pairs;

    /// <summary>Brings words to one script or spelling; null when there is one anyway.</summary>
    internal IScriptFolding? Script { get; init; }

    /// <summary>Words that carry no topic, as they are after <see cref="Script"/>; empty when there is no list.</summary>
    internal FrozenSet<string> StopWords { get; } = StopWordLists.Of(Language);

    /// <summary>Whether they are dropped unless a variant says otherwise: not where it was measured not to help.</summary>
    internal bool DropsStopWords { get; init; } = true;

    /// <summary>Stems words; null when nothing does.</summary>
    internal IStemmer? Stemmer { get; init; }

    /// <summary>Stems words in Latin letters, for languages of other scripts, where they are names and English.</summary>
    internal IStemmer? LatinStemmer { get; init; }

    /// <summary>The last folding, of stems, for example of accents; null when there is none.</summary>
    internal Func<string, string>? Key { get; init; }
}
