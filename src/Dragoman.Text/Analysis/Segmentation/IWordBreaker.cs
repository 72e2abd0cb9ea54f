namespace Dragoman.Text.Analysis.Segmentation;

/// <summary>Finds words in text without spaces. Thread-safe.</summary>
internal interface IWordBreaker
{
    /// <summary>Where its data come from, with their version, for identities: for example <c>icu72.1</c>.</summary>
    string Data { get; }

    /// <summary>Appends the ends of the words of a run of letters, in ascending order; the last is the run's end.</summary>
    void Break(ReadOnlySpan<char> run, List<int> ends);
}
