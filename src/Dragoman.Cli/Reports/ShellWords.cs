using System.CommandLine;

namespace Dragoman.Cli.Reports;

/// <summary>A command line as it was typed, to be run again in a POSIX shell.</summary>
internal static class ShellWords
{
    /// <summary>The command line.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="more">Words to add.</param>
    internal static string CommandLine(ParseResult parsed, params IEnumerable<string> more) => string.Join(' ', ((IEnumerable<string>)["dragoman", .. parsed.Tokens.Select(token => token.Value), .. more]).Select(Quote));

    // What is not plainly harmless stands between single quotes.
    private static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=@%+,".Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
