using System.Globalization;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Cli.Reports;

/// <summary>Prints the measures of runs as a table with footnotes, as tab-separated values (run, query, measure, value), or as JSON.</summary>
internal static class MeasureReport
{
    private const string AllQueries = "all";

    internal static void Print(IReadOnlyList<EvaluatedRun> runs, bool byQuery, string format)
    {
        if (format == "json") Console.Out.WriteLine(MeasureJson.Of(runs, byQuery));
        else if (format == "tsv") PrintValues(runs, byQuery);
        else PrintTables(runs, byQuery);
    }

    private static void PrintTables(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        var measures = runs[0].Result.Measures;
        var notes = new List<string>();
        string[] header = ["run", .. byQuery ? ["query"] : Array.Empty<string>(), .. measures.Select(measure => measure.Name)];
        var rows = new List<string[]>();
        foreach (var (name, run) in Named(runs))
        {
            for (var i = 0; byQuery && i < run.Result.QueryIds.Count; i++)
                rows.Add([name, run.Result.QueryIds[i], .. measures.Select((measure, m) => Text(measure, run.Result.ByQuery[i][m]))]);
            var marks = run.Warnings.Select((warning, i) => (warning, Mark: $"[{notes.Count + i + 1}]")).ToList();
            notes.AddRange(marks.Select(mark => $"{mark.Mark} {(mark.warning.Measures.Count == 0 ? name : string.Join(", ", mark.warning.Measures))}: {mark.warning.Text}"));
            rows.Add([name + Marks(marks, null), .. byQuery ? [AllQueries] : Array.Empty<string>(), .. measures.Select((measure, m) => Text(measure, run.Result.Overall[m]) + Marks(marks, measure))]);
        }
        TextTable.Print(header, rows, leftColumns: byQuery ? 2 : 1);
        foreach (var note in notes) Console.Out.WriteLine(note);
        PrintLanguages(runs);
    }

    // The footnotes of a measure, or of the run where a warning concerns all measures.
    private static string Marks(List<(EvaluationWarning Warning, string Mark)> marks, Measure? measure)
    {
        var own = marks.Where(mark => measure is null ? mark.Warning.Measures.Count == 0 : mark.Warning.Measures.Contains(measure.Name)).Select(mark => mark.Mark).ToList();
        return own.Count == 0 ? "" : " " + string.Concat(own);
    }

    private static void PrintLanguages(IReadOnlyList<EvaluatedRun> runs)
    {
        if (runs.FirstOrDefault(run => run.Languages.Count > 0) is not { } first) return;
        var (measures, pairs) = (first.Languages[0].Result.Measures, runs.Any(run => run.Languages.Any(row => row.QueryLanguage is not null)));
        string[] header = ["run", .. pairs ? ["queries in"] : Array.Empty<string>(), "passages in", "queries", $"share@{LanguageBreakdown.ShareRanks}", .. measures.Select(measure => measure.Name)];
        var rows = Named(runs).SelectMany(named => named.Run.Languages.Select(row => (string[])
        [
            named.Name, .. pairs ? [row.QueryLanguage ?? ""] : Array.Empty<string>(), row.PassageLanguage, row.Result.QueryIds.Count.ToString(CultureInfo.InvariantCulture),
            row.Share.ToString("F4", CultureInfo.InvariantCulture), .. measures.Select((measure, i) => Text(measure, row.Result.Overall[i])),
        ])).ToList();
        Console.Out.WriteLine();
        TextTable.Print(header, rows, leftColumns: pairs ? 3 : 2);
    }

    private static void PrintValues(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        Console.Out.WriteLine("run\tquery\tmeasure\tvalue");
        foreach (var (name, run) in Named(runs))
        {
            for (var i = 0; byQuery && i < run.Result.QueryIds.Count; i++) PrintValues(name, run.Result.QueryIds[i], run.Result.Measures, run.Result.ByQuery[i]);
            PrintValues(name, AllQueries, run.Result.Measures, run.Result.Overall);
            foreach (var row in run.Languages)
                PrintValues(name, $"{AllQueries}:{(row.QueryLanguage is { } asked ? asked + ">" : "")}{row.PassageLanguage}", row.Result.Measures, row.Result.Overall);
        }
    }

    private static void PrintValues(string run, string query, IReadOnlyList<Measure> measures, IReadOnlyList<double> values)
    {
        for (var i = 0; i < values.Count; i++) Console.Out.WriteLine($"{run}\t{query}\t{measures[i]}\t{Text(measures[i], values[i])}");
    }

    // A run goes by its tag, or by its file when two runs share the tag.
    private static IEnumerable<(string Name, EvaluatedRun Run)> Named(IReadOnlyList<EvaluatedRun> runs)
    {
        var byTag = runs.Select(run => run.Tag).Distinct(StringComparer.Ordinal).Count() == runs.Count;
        return runs.Select(run => (byTag ? run.Tag : run.Path, run));
    }

    // A dash where the measure is not defined.
    private static string Text(Measure measure, double value) => double.IsNaN(value) ? "-" : value.ToString(measure.IsCount ? "F0" : "F4", CultureInfo.InvariantCulture);
}
