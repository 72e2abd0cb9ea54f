using System.Globalization;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Puts the lines of several rounds into a table of medians, with the ratios of Dragoman to Lucene taken round by round.</summary>
internal static class MeasurementTable
{
    private const string Ours = "Dragoman", Peer = "Lucene 8", Third = "SQLite FTS5";

    /// <summary>Reads lines "passages, round, system, measure, value" with tabs between and prints a table in Markdown.</summary>
    internal static void Print(TextReader lines, TextWriter output)
    {
        var rows = new List<(int Passages, string Measure)>();
        var values = new Dictionary<(int Passages, string Measure, string System), SortedDictionary<int, double>>();
        while (lines.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            var row = (int.Parse(fields[0], CultureInfo.InvariantCulture), fields[3]);
            if (!rows.Contains(row)) rows.Add(row);
            if (!values.TryGetValue((row.Item1, row.Item2, fields[2]), out var rounds)) values.Add((row.Item1, row.Item2, fields[2]), rounds = []);
            rounds[int.Parse(fields[1], CultureInfo.InvariantCulture)] = double.Parse(fields[4], CultureInfo.InvariantCulture);
        }
        foreach (var size in rows.GroupBy(row => row.Passages))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| {size.Key:N0} passages | {Ours} | {Peer} | {Third} | {Ours} / {Peer}, median (least to most) |\n|---|---|---|---|---|"));
            foreach (var (passages, measure) in size)
            {
                var (ours, peer, third) = (Of(Ours), Of(Peer), Of(Third));
                output.WriteLine($"| {measure} | {Median(ours)} | {Median(peer)} | {Median(third)} | {Ratio(ours, peer)} |");

                SortedDictionary<int, double> Of(string system) => values.GetValueOrDefault((passages, measure, system)) ?? [];
            }
        }
    }

    private static string Median(SortedDictionary<int, double> rounds) => rounds.Count == 0 ? "–" : Number(Middle(rounds.Values));

    private static string Ratio(SortedDictionary<int, double> ours, SortedDictionary<int, double> theirs)
    {
        var ratios = ours.Where(round => theirs.ContainsKey(round.Key)).Select(round => round.Value / theirs[round.Key]).Order().ToArray();
        return ratios.Length == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Middle(ratios):0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    private static double Middle(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : value < 1000 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
