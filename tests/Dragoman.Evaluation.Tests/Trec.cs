using Dragoman.Collections;

namespace Dragoman.Evaluation.Tests;

/// <summary>Runs and qrels written inline: <c>query passage value</c>, separated by semicolons.</summary>
internal static class Trec
{
    internal static Run Run(string lines)
    {
        var builder = new RunBuilder("test");
        foreach (var fields in Split(lines)) builder.Add(fields[0], fields[1], double.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture));
        return builder.Build();
    }

    internal static Qrels Qrels(string lines)
    {
        var builder = new QrelsBuilder();
        foreach (var fields in Split(lines)) builder.Add(fields[0], fields[1], int.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture));
        return builder.Build();
    }

    private static IEnumerable<string[]> Split(string lines) => lines.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '));
}
