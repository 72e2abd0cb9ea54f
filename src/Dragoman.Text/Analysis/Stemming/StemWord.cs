namespace Dragoman.Text.Analysis.Stemming;

/// <summary>A word while it is stemmed: letters that are cut and replaced at the end.</summary>
/// <param name="room">Memory for the word and the few letters a rule may add.</param>
internal ref struct StemWord(Span<char> room)
{
    /// <summary>Letters that rules may add to a word.</summary>
    internal const int Slack = 8;

    private readonly Span<char> _room = room;

    /// <summary>Number of letters.</summary>
    internal int Length { get; private set; }

    internal readonly Span<char> Letters => _room[..Length];

    internal readonly char this[int place]
    {
        get => _room[place];
        set => _room[place] = value;
    }

    /// <summary>The word of a text, in memory that the caller took from the stack or the heap.</summary>
    internal static StemWord Of(string word, Span<char> room)
    {
        var result = new StemWord(room);
        word.CopyTo(room);
        result.Length = word.Length;
        return result;
    }

    internal readonly bool Ends(ReadOnlySpan<char> suffix) => Letters.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>Whether it ends in a suffix that starts at or after a place.</summary>
    internal readonly bool Ends(ReadOnlySpan<char> suffix, int region) => Length - suffix.Length >= region && Ends(suffix);

    /// <summary>Cuts letters off the end.</summary>
    internal void Cut(int letters) => Length -= letters;

    /// <summary>Cuts a suffix off when it is there and starts at or after a place.</summary>
    internal bool Cut(ReadOnlySpan<char> suffix, int region)
    {
        if (!Ends(suffix, region)) return false;
        Length -= suffix.Length;
        return true;
    }

    /// <summary>Replaces letters at the end.</summary>
    internal void Replace(int letters, ReadOnlySpan<char> with)
    {
        Length -= letters;
        with.CopyTo(_room[Length..]);
        Length += with.Length;
    }

    /// <summary>Replaces a letter everywhere.</summary>
    internal readonly void ReplaceAll(char letter, char with) => Letters.Replace(letter, with);

    /// <summary>The place after the first letter of a kind that follows one of the other kind, from a place on: the regions R1 and R2 of the Snowball stemmers.</summary>
    /// <param name="from">Where to start.</param>
    /// <param name="vowels">All vowels; other characters are no vowels.</param>
    internal readonly int AfterVowelAndConsonant(int from, string vowels)
    {
        var place = from;
        while (place < Length && !vowels.Contains(_room[place], StringComparison.Ordinal)) place++;
        while (place < Length && vowels.Contains(_room[place], StringComparison.Ordinal)) place++;
        return Math.Min(place + 1, Length);
    }

    public override readonly string ToString() => Letters.ToString();
}
