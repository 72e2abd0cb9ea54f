using Dragoman.Evaluation.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests.Charts;

/// <summary>True of every chart whatever is drawn: well-formed XML, everything inside the view box, title and description, a table without holes.</summary>
public sealed class ChartPropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20261122, 7);

    private static readonly Gen<string> Name = Gen.Elements("bm25", "q1", "<script>alert(1)</script>", "\"'&", "\0\u0007\u001b[31m", "\ud800", "\uffff", "双峰骆驼", "شتر دوکوهانه", "\u202Eevil",
        "a-very-long-name-of-a-run-".PadRight(300, 'x'), "");

    private static readonly Gen<double> Value = Gen.Frequency(
        (6, Gen.Choose(0, 1000).Select(value => value / 1000.0)),
        (2, Gen.Choose(-1000, 1000).Select(value => value / 100.0)),
        (1, Gen.Elements(0, 1e-9, 1e12, -1e12, 1e300, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity)));

    private static readonly Gen<PairedPoint> Point = from id in Name from baseline in Value from system in Value select new PairedPoint(id, baseline, system);

    private static readonly Gen<Bar> OneBar = from label in Name from value in Value from low in Value from high in Value from interval in Gen.Elements(true, false)
        select interval ? new Bar(label, value, Math.Min(low, high), Math.Max(low, high)) : new Bar(label, value);

    [Fact]
    public void BarChart_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(from name in Name from bars in Gen.ListOf(OneBar) select new BarGroup(name, [.. bars]))),
        groups => IsSound(BarChart.Draw("bars", "Bars <&>", "95% interval", [.. groups]))));

    [Fact]
    public void ScatterPlot_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(Point)), Arb.From(Name), (points, name) => IsSound(ScatterPlot.Draw("scatter", name, name, name, [.. points]))));

    [Fact]
    public void DifferencePlot_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(Point)), Arb.From(Name), (points, name) => IsSound(DifferencePlot.Draw("difference", name, name, name, [.. points]))));

    [Fact]
    public void PointChart_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(from name in Name from points in Gen.ListOf(from x in Value from y in Value select (x, y)) from x in Value from y in Value select new PointSeries(name, [.. points], (x, y)))),
        series => IsSound(PointChart.Draw("points", "Points", "a plane", [.. series]))));

    [Fact]
    public void HistogramChart_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(from name in Name from counts in Gen.ArrayOf(Gen.Choose(0, 3), 30) select new HistogramSeries(name, [.. counts.Select(count => (long)count * count * count)]))),
        series => IsSound(HistogramChart.Draw("histogram", "Histogram", "cosine", -1, 1, [.. series]))));

    [Fact]
    public void StackChart_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(Name)), Arb.From(Gen.ListOf(from name in Name from values in Gen.ArrayOf(Value, 40) select (name, values))),
        (columns, layers) => IsSound(StackChart.Draw("stack", "Stack", "epoch", [.. columns.Take(40)], [.. layers.Select(layer => new StackLayer(layer.name, layer.values[..Math.Min(40, columns.Count)]))]))));

    [Fact]
    public void LineChart_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.ListOf(from name in Name from points in Gen.ListOf(from x in Value from y in Value select (x, y)) select new LineSeries(name, [.. points.OrderBy(point => point.x)]))),
        series => IsSound(LineChart.Draw("lines", "Lines", "step", [.. series]))));

    [Fact]
    public void HeatMap_Anything_IsSound() => Check.One(Fixed, Prop.ForAll(
        Arb.From(from rows in Gen.Choose(0, 45) from columns in Gen.Choose(0, 45) select (rows, columns)), Arb.From(Gen.NonEmptyListOf(Value)), Arb.From(Gen.NonEmptyListOf(Name)), (size, values, names) =>
        {
            var (rows, columns) = size;
            var cells = new double?[rows, columns];
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++) cells[row, column] = (row + column) % 5 == 0 ? null : values[(row * columns + column) % values.Count];
            return IsSound(HeatMap.Draw("heat", "Heat", ("query", Labels(rows)), ("passage", Labels(columns)), cells));

            string[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => names[i % names.Count])];
        }));

    private static bool IsSound(Chart chart)
    {
        var drawn = new DrawnChart(chart); // throws unless the XML is well-formed
        return drawn.IsInside()
            && (string?)drawn.Root.Attribute("role") == "img"
            && (string?)drawn.Root.Attribute("aria-labelledby") == $"{chart.Name}-title {chart.Name}-desc"
            && drawn.All("title").First().Attribute("id")!.Value == $"{chart.Name}-title"
            && drawn.All("desc").Single().Value.Length > 0
            && !chart.ToSvgFile().Contains("NaN", StringComparison.Ordinal)
            && !drawn.All("script").Any()
            && chart.Table.Rows.Count > 0
            && chart.Table.Rows.All(row => row.Count == chart.Table.Header.Count);
    }
}
