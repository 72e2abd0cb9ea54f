namespace Dragoman.Retrieval.Indexing;

/// <summary>The shape of BCP 47 language tags (RFC 5646, section 2.1): a language subtag of 2 to 8 letters, then subtags of 1 to 8 letters or digits.</summary>
internal static class LanguageTag
{
    internal static bool IsWellFormed(string tag)
    {
        var subtags = tag.Split('-');
        return subtags[0].Length is >= 2 and <= 8 && subtags[0].All(char.IsAsciiLetter)
            && subtags.Skip(1).All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
    }
}
