namespace Dragoman.Cli.Comparing;

/// <summary>A system as named on the command line: <c>RUN</c>, <c>NAME=RUN</c>, or with several runs of different seeds <c>NAME=RUN,RUN,RUN</c>.</summary>
/// <param name="Name">The name given; null when there is none.</param>
/// <param name="Paths">Its runs, at least one.</param>
internal sealed record SystemArgument(string? Name, IReadOnlyList<string> Paths)
{
    /// <summary>Reads an argument. What names an existing file as a whole is a path, whatever signs it contains.</summary>
    internal static SystemArgument Parse(string argument)
    {
        if (File.Exists(argument)) return new SystemArgument(null, [argument]);
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var named = equals > 0 && argument.AsSpan(0, equals).IndexOfAny('/', '\\') < 0;
        var paths = named ? argument[(equals + 1)..] : argument;
        var parts = File.Exists(paths) ? [paths] : paths.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new SystemArgument(named ? argument[..equals].Trim() : null, parts);
    }

    /// <summary>Several arguments that together are one system: those of <c>--baseline</c>.</summary>
    internal static SystemArgument Join(IReadOnlyList<string> arguments)
    {
        var parsed = arguments.Select(Parse).ToList();
        return new SystemArgument(parsed.Select(part => part.Name).FirstOrDefault(name => name is not null), [.. parsed.SelectMany(part => part.Paths)]);
    }
}
