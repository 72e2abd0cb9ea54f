namespace Dragoman.Retrieval.Translators.Services;

/// <summary>How a service in LibreTranslate's form is used.</summary>
public sealed record LibreTranslateOptions
{
    /// <summary>Key of the user, sent with every request; empty for none. It is in no identity and no manifest.</summary>
    /// <value>Empty by default.</value>
    public string ApiKey { get; init; } = "";

    /// <summary>Texts in one request at most, 1 or more.</summary>
    /// <value>32 by default.</value>
    public int BatchTexts { get; init; } = 32;

    /// <summary>Characters (UTF-16 units) in one request at most, 1 or more; a longer text goes alone. Where the server allows less, requests are cut until it takes them.</summary>
    /// <value>8,000 by default.</value>
    public int BatchCharacters { get; init; } = 8000;

    /// <summary>How long the server may take for one request.</summary>
    /// <value>10 minutes by default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Attempts at one request before giving up, 1 or more.</summary>
    /// <value>6 by default.</value>
    public int Attempts { get; init; } = 6;

    /// <summary>Pause before the second attempt; it doubles with every further one, and up to half of it is taken off at random. A longer pause that the server asks for (Retry-After) is kept.</summary>
    /// <value>1 second by default.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that the doubling reaches.</summary>
    /// <value>1 minute by default.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause that the server may ask for; a longer one fails with a sentence that says when to come back.</summary>
    /// <value>10 minutes by default.</value>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (BatchTexts < 1 || BatchCharacters < 1) yield return "BatchTexts and BatchCharacters must be 1 or more.";
        if (Attempts < 1) yield return FormattableString.Invariant($"Attempts is {Attempts}; use 1 or more.");
        if (Timeout <= TimeSpan.Zero) yield return FormattableString.Invariant($"The time-out is {Timeout.TotalSeconds} seconds; use more than 0.");
        if (FirstPause < TimeSpan.Zero || LongestPause < FirstPause) yield return $"The pauses are {FirstPause} to {LongestPause}; use 0 or more, the longest last.";
    }
}
