using System.Globalization;
using Dragoman.Cli.Reports;

namespace Dragoman.Cli.Demo;

/// <summary>Prints what the demo measured.</summary>
internal static class DemoTables
{
    /// <summary>One line a method: means over pairs of different languages and over pairs of equal languages.</summary>
    internal static void PrintMethods(IReadOnlyList<LanguagePairScores> methods)
    {
        var measures = methods[0].Measures;
        string[] header = ["method", .. measures.Select(measure => $"{measure} across"), .. measures.Select(measure => $"{measure} within")];
        var rows = methods.Select(method => (string[])
        [
            method.Method,
            .. Enumerable.Range(0, measures.Count).Select(measure => Number(method.CrossLanguage(measure))),
            .. Enumerable.Range(0, measures.Count).Select(measure => Number(method.SameLanguage(measure))),
        ]);
        TextTable.Print(header, [.. rows], 1);
    }

    /// <summary>A measure of one method: a line a query language, a column a passage language.</summary>
    internal static void PrintPairs(LanguagePairScores scores, int measure)
    {
        string[] header = [$"{scores.Measures[measure]}  query \\ passage", .. scores.Languages];
        var rows = scores.Languages.Select((language, query) => (string[])[language, .. Enumerable.Range(0, scores.Languages.Count).Select(passage => Number(scores.Values[measure, query, passage]))]);
        TextTable.Print(header, [.. rows], 1);
    }

    internal static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
