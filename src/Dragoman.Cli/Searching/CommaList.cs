namespace Dragoman.Cli.Searching;

/// <summary>Options that take several values separated by commas: <c>--in kk,ru</c>.</summary>
internal static class CommaList
{
    /// <summary>The values; null when the option was not given.</summary>
    internal static string[]? Of(string? value) => value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
