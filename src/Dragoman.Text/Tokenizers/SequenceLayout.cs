using Dragoman.Collections.Errors;

namespace Dragoman.Text.Tokenizers;

/// <summary>Where a model family puts special tokens, and how texts are shortened to fit (the rules of transformers' <c>truncate_sequences</c>).</summary>
/// <param name="Before">Ids before the first text.</param>
/// <param name="Between">Ids between the texts of a pair; they count as the first text.</param>
/// <param name="After">Ids at the end.</param>
/// <param name="SecondType">Type id of the second text and of what follows it.</param>
internal sealed record SequenceLayout(int[] Before, int[] Between, int[] After, int SecondType)
{
    /// <summary>Nothing around the texts: a plain SentencePiece model.</summary>
    internal static SequenceLayout Plain { get; } = new([], [], [], 0);

    internal int SpecialTokens(bool pair) => Before.Length + After.Length + (pair ? Between.Length : 0);

    internal EncodedText Combine(IReadOnlyList<int> first, IReadOnlyList<int>? second, int? maxLength, Truncation truncation)
    {
        var (a, b) = Fit(first.Count, second?.Count, maxLength, truncation);
        var ids = new int[a + b + SpecialTokens(second is not null)];
        var at = 0;
        foreach (var id in Before) ids[at++] = id;
        for (var i = 0; i < a; i++) ids[at++] = first[i];
        var types = new int[ids.Length];
        if (second is not null)
        {
            foreach (var id in Between) ids[at++] = id;
            types.AsSpan(at).Fill(SecondType);
            for (var i = 0; i < b; i++) ids[at++] = second[i];
        }
        foreach (var id in After) ids[at++] = id;
        var mask = new int[ids.Length];
        Array.Fill(mask, 1);
        return new EncodedText(ids, types, mask, a, b);
    }

    private (int First, int Second) Fit(int first, int? second, int? maxLength, Truncation truncation)
    {
        var (a, b) = (first, second ?? 0);
        var specials = SpecialTokens(second is not null);
        if (maxLength is not { } limit || a + b + specials <= limit) return (a, b);
        if (limit < specials) throw new DragomanException($"A maximum length of {limit} leaves no room for text: the model needs {specials} special tokens; use a larger one.");
        var room = limit - specials;
        if (second is null) return (room, 0);
        if (truncation == Truncation.OnlySecond)
        {
            if (a >= room) throw new DragomanException($"The first text has {a} tokens and the limit of {limit} has room for {room}, so nothing of the second would remain; use a larger limit or the rule longest_first.");
            return (a, room - a);
        }
        // One token at a time from the longer text, the second on a tie: level them first, then share what is left.
        var (longer, shorter) = (Math.Max(a, b), Math.Min(a, b));
        if (longer - shorter >= a + b - room) return a > b ? (room - b, b) : (a, room - a);
        return ((room + 1) / 2, room / 2);
    }
}
