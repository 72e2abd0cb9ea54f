namespace Dragoman.Text.Analysis.Segmentation;

/// <summary>How text of scripts without spaces between words is cut.</summary>
internal enum UnspacedText
{
    /// <summary>Overlapping pairs of letters, each with its marks; a letter alone is a term of its own.</summary>
    Pairs,

    /// <summary>Letters, each with its marks.</summary>
    Characters,

    /// <summary>Both of these.</summary>
    CharactersAndPairs,

    /// <summary>Words of ICU's dictionaries.</summary>
    Dictionary,
}
