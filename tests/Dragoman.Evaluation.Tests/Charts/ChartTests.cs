using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Tests.Charts;

public sealed class ChartTests
{
    [Fact]
    public void BarChart_TwoBars_AreAsLongAsTheirValues()
    {
        var chart = BarChart.Draw("bars", "Bars", "95% interval", [new BarGroup("nDCG@10", [new Bar("bm25", 0.2, 0.1, 0.3), new Bar("dense", 0.4)])]);

        var widths = new DrawnChart(chart).All("rect").Where(bar => ((string?)bar.Attribute("fill"))?.StartsWith("url(", StringComparison.Ordinal) == true).Select(bar => DrawnChart.Of(bar, "width")).ToList();
        widths.Count.ShouldBe(2);
        widths[1].ShouldBe(2 * widths[0], 0.02);
        chart.Table.Rows[0].ShouldBe(["nDCG@10", "bm25", "0.2000", "0.1000", "0.3000"]);
        chart.Table.Rows[1].ShouldBe(["nDCG@10", "dense", "0.4000", "", ""]);
        chart.Description.ShouldContain("highest dense 0.4000, lowest bm25 0.2000");
    }

    [Fact]
    public void ScatterPlot_WinTieLoss_LieAboveOnAndBelowTheDiagonal()
    {
        var chart = ScatterPlot.Draw("scatter", "Queries", "bm25", "dense", [new("win", 0.2, 0.8), new("tie", 0.5, 0.5), new("loss", 1, 0)]);

        chart.Description.ShouldBe("dense against bm25: 1 query better, 1 equal, 1 worse.");
        chart.Table.Rows.Select(row => row[0]).ShouldBe(["win", "tie", "loss"]);
        chart.Table.Rows[2].ShouldBe(["loss", "1.0000", "0.0000", "-1.0000"]);
        new DrawnChart(chart).Styled("mark").Count(mark => mark.HasElements).ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    [InlineData(60_000)]
    public void QueryCharts_AnyNumberOfQueries_StaySmall(int queries)
    {
        var random = new Random(7);
        var points = Enumerable.Range(0, queries).Select(i => new PairedPoint($"query-{i}", random.NextDouble(), random.NextDouble())).ToList();

        var (scatter, difference) = (ScatterPlot.Draw("s", "S", "a", "b", points), DifferencePlot.Draw("d", "D", "a", "b", points));

        scatter.ToInlineSvg().Length.ShouldBeLessThan(400_000);
        difference.ToInlineSvg().Length.ShouldBeLessThan(80_000);
        scatter.Table.Rows.Count.ShouldBe(Math.Min(queries, DataTable.MostRows));
        (scatter.Table.Note is not null).ShouldBe(queries > DataTable.MostRows);
        new DrawnChart(scatter).IsInside().ShouldBeTrue();
        new DrawnChart(difference).IsInside().ShouldBeTrue();
    }

    [Fact]
    public void StackChart_TwoLayers_FillEveryColumnByTheirShares()
    {
        var chart = StackChart.Draw("stack", "Stack", "epoch", ["1", "2"], [new StackLayer("grade 0", [30, 1]), new StackLayer("grade 6", [10, 0])]);

        var layers = new DrawnChart(chart).All("rect").Where(bar => bar.HasElements).Select(bar => DrawnChart.Of(bar, "height")).ToList();
        layers.Count.ShouldBe(3);
        layers[0].ShouldBe(3 * layers[1], 0.02);
        layers[2].ShouldBe(layers[0] + layers[1], 0.02);
        chart.Table.Rows.ShouldBe([["1", "30", "10", "40"], ["2", "1", "0", "1"]]);
        chart.Description.ShouldBe("Shares of each epoch. grade 0: 75% in 1, 100% in 2. grade 6: 25% in 1, 0% in 2.");
    }

    [Fact]
    public void LineChart_LongSeries_KeepsItsPeak()
    {
        var points = Enumerable.Range(0, 100_000).Select(i => ((double)i, i == 31_415 ? 9.0 : Math.Sin(i / 1000.0))).ToList();

        var chart = LineChart.Draw("loss", "Loss", "step", [new LineSeries("train", points)]);

        chart.Description.ShouldContain("highest 9.");
        var drawn = new DrawnChart(chart);
        var line = drawn.Styled("faint").Single().Attribute("points")!.Value.Split(' ');
        line.Length.ShouldBeLessThanOrEqualTo(400);
        var heights = line.Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        (heights[1] - heights[0]).ShouldBeGreaterThan(100); // one point far above all others
        drawn.Styled("line").Last().Attribute("points")!.Value.Split(' ').Length.ShouldBe(100); // the means
        chart.ToInlineSvg().Length.ShouldBeLessThan(40_000);
    }

    [Fact]
    public void LineChart_NotANumberInside_BreaksTheLine()
    {
        var chart = LineChart.Draw("loss", "Loss", "step", [new LineSeries("train", [(1, 1), (2, 2), (3, double.NaN), (4, 2), (5, 1)])]);

        new DrawnChart(chart).All("polyline").Count().ShouldBe(3); // the legend's and the two halves
        chart.Table.Rows[2][2].ShouldBe("not a number");
    }

    [Fact]
    public void HeatMap_Values_AreInCellsAndDarkerWhenHigher()
    {
        var chart = HeatMap.Draw("heat", "nDCG@10", ("query language", ["zh", "kk"]), ("passage language", ["en", "ru"]), new double?[,] { { 0.1, 0.98 }, { null, 0.5 } });

        var drawn = new DrawnChart(chart);
        drawn.All("text").Select(text => text.Value).ShouldContain("0.980");
        drawn.Styled("h6").First().Value.ShouldBe("zh → ru: 0.980");
        drawn.Styled("missing").Single().Value.ShouldBe("kk → en: none");
        chart.Table.Rows[1].ShouldBe(["kk", "", "0.500"]);
        chart.Description.ShouldBe("query language by passage language: highest zh → ru (0.980), lowest zh → en (0.100).");
    }

    [Fact]
    public void HeatMap_AHundredLanguages_DrawsFortyAndSaysSo()
    {
        var labels = Enumerable.Range(0, 100).Select(i => $"l{i}").ToArray();

        var chart = HeatMap.Draw("heat", "Heat", ("query", labels), ("passage", labels), new double?[100, 100]);
        var filled = new double?[100, 100];
        filled[0, 0] = 1;
        var one = HeatMap.Draw("heat", "Heat", ("query", labels), ("passage", labels), filled);

        chart.Description.ShouldBe("There is no value to draw.");
        new DrawnChart(one).Styled("missing").Count().ShouldBe(40 * 40 - 1);
        one.Table.Rows.Count.ShouldBe(100);
        one.Table.Note.ShouldNotBeNull().ShouldContain("first 40");
    }

    [Fact]
    public void Chart_SixtyFourSeries_AllLookDifferent()
    {
        var bars = Enumerable.Range(0, 64).Select(i => new Bar($"s{i}", i)).ToList();

        var chart = BarChart.Draw("bars", "Bars", "interval", [new BarGroup("g", bars)]);

        new DrawnChart(chart).All("pattern").Select(pattern => string.Concat(pattern.Elements())).Distinct().Count().ShouldBe(64);
    }
}
