namespace Dragoman.Collections.Errors;

/// <summary>Options or a configuration file cannot be used. Carries every problem, so that one look mends them all.</summary>
public sealed class ConfigurationException : DragomanException
{
    /// <summary>Creates the failure from a list of problems.</summary>
    /// <param name="source">The configuration's name: a file, or the options' name.</param>
    /// <param name="problems">One sentence each; at least one.</param>
    public ConfigurationException(string source, IReadOnlyList<string> problems)
        : base(problems.Count == 1 ? $"{source}: {problems[0]}" : $"{source} has {problems.Count} problems:\n  - {string.Join("\n  - ", problems)}")
    {
        Problems = problems;
    }

    /// <summary>Every problem, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
