namespace Dragoman.Architecture.Tests.PublicApi;

/// <summary>The lines that two texts do not share, each under the last unindented line before it.</summary>
internal static class LineDifference
{
    /// <summary>Lines only in <paramref name="approved"/> with '-', only in <paramref name="received"/> with '+', in the order of the texts.</summary>
    /// <remarks>Both texts are sorted lists under headings, so comparing the lines of each heading as sets loses nothing.</remarks>
    internal static string Between(string approved, string received)
    {
        var before = ByHeading(approved);
        var after = ByHeading(received);
        var changed =
            from heading in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            let old = before.GetValueOrDefault(heading)
            let now = after.GetValueOrDefault(heading)
            let lines = (old ?? []).Except(now ?? []).Select(line => "-" + line).Concat((now ?? []).Except(old ?? []).Select(line => "+" + line)).ToList()
            where lines.Count > 0 || old is null || now is null
            select string.Join('\n', lines.Prepend((old is null ? "+" : now is null ? "-" : " ") + heading));
        return string.Join('\n', changed);
    }

    private static Dictionary<string, List<string>> ByHeading(string text)
    {
        var headings = new Dictionary<string, List<string>>();
        List<string>? members = null;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' ')) headings[line] = members = [];
            else members?.Add(line);
        }
        return headings;
    }
}
