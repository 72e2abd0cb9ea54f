using System.CommandLine;
using System.CommandLine.Parsing;

namespace Dragoman.Cli;

/// <summary>What is wrong with a command line, a sentence each, in words that name no type of the program.</summary>
internal static class UsageProblems
{
    private const string MissingCommand = "Required command was not provided.";

    internal static List<string> Of(ParseResult parsed)
    {
        if (UnknownCommand(parsed) is { } unknown) return [unknown];
        var problems = parsed.Errors.Select(Sentence).Distinct(StringComparer.Ordinal).ToList();
        problems.AddRange(EmptyValues(parsed.CommandResult));
        problems.AddRange(UnknownOptions(parsed.CommandResult).Select(name => $"{name} is not an option of {CommandPath(parsed)}."));
        return problems;
    }

    /// <summary>The program and the command as typed: <c>dragoman prepare xquad</c>.</summary>
    internal static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command.Parent is CommandResult parent; command = parent) names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("dragoman"));
    }

    private static string? UnknownCommand(ParseResult parsed)
    {
        if (parsed.Errors.All(error => error.Message != MissingCommand)) return null;
        var known = string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name));
        return parsed.UnmatchedTokens is [var name, ..]
            ? $"'{name}' is not a command of {CommandPath(parsed)}; known are {known}."
            : $"{CommandPath(parsed)} needs a command: {known}.";
    }

    private static string Sentence(ParseError error)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        var value = option?.Tokens.Select(token => token.Value).LastOrDefault();
        if (option is null || value is null) return error.Message;
        if (error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)) return $"{option.Option.Name} is '{value}'; use {Expected(option.Option, value)}.";
        var allowed = error.Message.Split('\n').Skip(1).Select(line => line.Trim().Trim('\'')).Where(line => line.Length > 0).ToArray();
        return error.Message.Contains("Must be one of", StringComparison.Ordinal) && allowed.Length > 0 ? $"{option.Option.Name} is '{value}'; use {Alternatives(allowed)}." : error.Message;
    }

    private static string Expected(Option option, string value)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type.IsEnum) return Alternatives([.. Enum.GetNames(type).Select(name => name.ToLowerInvariant())]);
        if (type == typeof(int)) return value.All(char.IsAsciiDigit) ? $"a whole number up to {int.MaxValue}" : "a whole number";
        return type == typeof(double) ? "a number" : "another value";
    }

    private static string Alternatives(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    /// <summary>Misspelt options after one that takes several values, which would pass for one of them: <c>--run a.run --complet</c>.</summary>
    private static IEnumerable<string> UnknownOptions(CommandResult command) =>
        from option in command.Children.OfType<OptionResult>()
        where option.Option.AllowMultipleArgumentsPerToken
        from token in option.Tokens
        where token.Value.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(token.Value)
        select token.Value;

    /// <summary>An option given as <c>""</c>, most often a shell variable that is not set.</summary>
    private static IEnumerable<string> EmptyValues(CommandResult command) =>
        from option in command.Children.OfType<OptionResult>()
        where option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))
        select $"{option.Option.Name} is empty; give it a value or leave it out.";
}
