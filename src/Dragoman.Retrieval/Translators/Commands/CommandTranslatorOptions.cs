namespace Dragoman.Retrieval.Translators.Commands;

/// <summary>How a program is used to translate.</summary>
public sealed record CommandTranslatorOptions
{
    /// <summary>How long the program may take for one batch of texts, from its start to its end.</summary>
    /// <value>10 minutes by default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Timeout <= TimeSpan.Zero) yield return FormattableString.Invariant($"The time-out is {Timeout.TotalSeconds} seconds; use more than 0.");
    }
}
