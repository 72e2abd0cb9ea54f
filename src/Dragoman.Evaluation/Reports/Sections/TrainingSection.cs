using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Training curves: loss, measures on the dev set, learning rate; all training runs on one chart.</summary>
internal static class TrainingSection
{
    internal static ReportSection Of(IReadOnlyList<TrainingCurves> training)
    {
        var blocks = new List<ReportBlock> { new ReportFigure(LineChart.Draw("loss", "Training loss", "training step", [.. training.Select(run => new LineSeries(run.Name, run.Loss))])) };
        var measures = training.SelectMany(run => run.Dev.Select(measure => measure.Measure)).Distinct(StringComparer.Ordinal).ToList();
        if (measures.Count > 0)
        {
            var lines = from run in training
                        from measure in run.Dev
                        select new LineSeries(Name(training.Count > 1, run.Name, measures.Count > 1, measure.Measure), measure.Points);
            blocks.Add(new ReportFigure(LineChart.Draw("dev", measures.Count == 1 ? $"{measures[0]} on the dev set" : "Measures on the dev set", "training step", [.. lines])));
        }
        if (training.Any(run => run.LearningRate.Count > 0))
            blocks.Add(new ReportFigure(LineChart.Draw("learning-rate", "Learning rate", "training step", [.. training.Select(run => new LineSeries(run.Name, run.LearningRate))])));
        return new ReportSection("training", "Training", blocks);
    }

    private static string Name(bool several, string run, bool measures, string measure) => several ? measures ? $"{run}: {measure}" : run : measure;
}
