using Spectre.Console;

namespace Dragoman.Cli.Reports;

/// <summary>A table on stdout: with lines on a terminal, as aligned plain columns when the output goes to a file or a pipe.</summary>
internal static class TextTable
{
    /// <summary>Prints a table.</summary>
    /// <param name="header">Column names.</param>
    /// <param name="rows">Cells, as many as there are columns.</param>
    /// <param name="leftColumns">How many columns from the left hold text; the others are numbers, aligned right.</param>
    internal static void Print(string[] header, IReadOnlyList<string[]> rows, int leftColumns)
    {
        if (Console.IsOutputRedirected) PrintPlain(header, rows, leftColumns);
        else PrintLined(header, rows, leftColumns);
    }

    private static void PrintLined(string[] header, IReadOnlyList<string[]> rows, int leftColumns)
    {
        var table = new Table().RoundedBorder();
        for (var column = 0; column < header.Length; column++)
        {
            var cell = new TableColumn(Markup.Escape(header[column])).NoWrap();
            table.AddColumn(column < leftColumns ? cell.LeftAligned() : cell.RightAligned());
        }
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static void PrintPlain(string[] header, IReadOnlyList<string[]> rows, int leftColumns)
    {
        var widths = header.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(header))
        {
            var cells = row.Select((cell, column) => column < leftColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            Console.Out.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
