using Dragoman.Collections;
using Dragoman.Collections.Formats;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary>A file with a name before it: <c>zh=topics.tsv</c>, <c>dev=qrels.txt</c>.</summary>
/// <param name="Name">The language or the split; null when neither the user nor the publisher says.</param>
/// <param name="Path">The file.</param>
/// <param name="IsNamed">Whether the user gave the name, and not the file.</param>
internal sealed record NamedFile(string? Name, string Path, bool IsNamed)
{
    /// <summary>A file with its language: its own, or the one for all.</summary>
    internal static NamedFile WithLanguage(string argument, string? language)
    {
        var (name, path) = Split(argument);
        return name is not null && LanguageCodes.TagOf(name) is { } tag ? new NamedFile(tag, path, true) : new NamedFile(language, name is null ? path : argument, language is not null);
    }

    /// <summary>A file with its split: as named, or as the publisher calls it, else <c>test</c>.</summary>
    internal static NamedFile WithSplit(string argument)
    {
        var (name, path) = Split(argument);
        return name is null ? new NamedFile(PublisherFileName.Read(path).Split ?? "test", path, false) : new NamedFile(name, path, true);
    }

    private static (string? Name, string Path) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || System.IO.Path.Exists(argument) || argument.AsSpan(0, at).IndexOfAny('/', '\\') >= 0 ? (null, argument) : (argument[..at], argument[(at + 1)..]);
    }
}
