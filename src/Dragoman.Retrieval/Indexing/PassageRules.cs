using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.Indexing;

/// <summary>What a passage must be to get into an index.</summary>
internal static class PassageRules
{
    /// <summary>Most UTF-16 units of a title and text together: 512 Mi. (A record's bytes must fit 2 GiB.)</summary>
    internal const int MaxTextLength = 1 << 29;

    /// <summary>Checks a passage.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="place">Its place among those added, from 1, for messages.</param>
    /// <returns>The passage with its language tag in the usual case.</returns>
    /// <exception cref="DragomanException">The id is empty, or holds white space, control characters or half a surrogate pair; the language is not a BCP 47 tag; or the text is too long.</exception>
    internal static Passage Check(Passage passage, long place)
    {
        if (passage.Id.Length == 0 || passage.Id.Any(char.IsWhiteSpace))
            throw new DragomanException($"Passage {place} has the id \"{passage.Id}\"; an id must not be empty or hold white space.");
        if (passage.Id.Any(char.IsControl) || !IsWellFormed(passage.Id))
            throw new DragomanException($"The id of passage {place} holds a control character or half of a surrogate pair; give it an id of characters that can be read.");
        if (!LanguageTag.TryParse(passage.Language, out var tag, out var problem)) throw new DragomanException($"Passage {passage.Id}: {problem}");
        if ((long)passage.Title.Length + passage.Text.Length > MaxTextLength)
            throw new DragomanException($"Passage {passage.Id} has {(long)passage.Title.Length + passage.Text.Length:N0} characters, the most is {MaxTextLength:N0}; cut it into passages.");
        return tag.Value == passage.Language ? passage : passage with { Language = tag.Value };
    }

    private static bool IsWellFormed(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (!char.IsSurrogate(text[place])) continue;
            if (!Rune.TryGetRuneAt(text, place, out _)) return false;
            place++;
        }
        return true;
    }
}
