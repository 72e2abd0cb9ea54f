using System.Globalization;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Training.Diagnostics;

/// <summary>Makes a page of a diagnosis: what was found, with cause and cure, then the numbers and pictures behind it.</summary>
public static class DiagnosisReport
{
    private const int MostHistograms = 6, MostSpectra = 8;

    /// <summary>Makes the report.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="date">When it is made; printed to the minute in UTC.</param>
    /// <param name="command">The command line that makes it again; null when it was not made by one.</param>
    public static ReportDocument Make(EncoderDiagnosis diagnosis, DateTimeOffset date, string? command)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        var sections = new List<ReportSection>
        {
            new("findings", "What was found", Findings(diagnosis)),
            new("pairs", "Pairs against mismatches", Pairs(diagnosis)),
            new("space", "How vectors fill their space", Space(diagnosis)),
        };
        if (diagnosis.Trace is { } trace) sections.Add(new ReportSection("languages", "What vectors give away of their language", Languages(diagnosis, trace)));
        sections.Add(new ReportSection("changes", "What could be done without training", Changes(diagnosis)));
        sections.Add(new ReportSection("method", "How it was measured", Method(diagnosis, command)));
        return new ReportDocument("Diagnosis of a bi-encoder",
            [string.Create(CultureInfo.InvariantCulture, $"{date.UtcDateTime:yyyy-MM-dd HH:mm} UTC, Dragoman {typeof(DiagnosisReport).Assembly.GetName().Version!.ToString(3)}"), $"{diagnosis.Model} on {diagnosis.Collection}{(diagnosis.Split is { } split ? $", {split}" : "")}."], sections);
    }

    /// <summary>The diagnosis in one sentence.</summary>
    public static string Verdict(EncoderDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        var alarms = diagnosis.Findings.Count(finding => finding.IsAlarm);
        var auc = diagnosis.Pairs[0].Raw.Auc;
        return alarms == 0 ? string.Create(CultureInfo.InvariantCulture, $"No alarm: pairs stand above mismatches (AUC {auc:0.000}) and the vectors fill their space.")
            : auc < CollapseLimits.Auc ? string.Create(CultureInfo.InvariantCulture, $"{Alarms(alarms)}: pairs are hardly told from mismatches (AUC {auc:0.000}).")
            : string.Create(CultureInfo.InvariantCulture, $"{Alarms(alarms)}, though pairs do stand above mismatches (AUC {auc:0.000}).");
    }

    private static string Alarms(int count) => count == 1 ? "One alarm" : string.Create(CultureInfo.InvariantCulture, $"{count} alarms");

    private static List<ReportBlock> Findings(EncoderDiagnosis diagnosis)
    {
        var blocks = new List<ReportBlock> { new ReportParagraph(Verdict(diagnosis)) };
        if (diagnosis.Findings.Where(finding => finding.IsAlarm).Select(finding => $"{finding.Where}: {finding.What}.").ToList() is { Count: > 0 } alarms) blocks.Add(new ReportWarnings(alarms));
        foreach (var finding in diagnosis.Findings)
        {
            blocks.Add(new ReportHeading($"{finding.Where}: {finding.What}"));
            blocks.Add(new ReportParagraph($"Likely cause. {finding.Cause}"));
            blocks.Add(new ReportParagraph($"Cure. {finding.Cure}"));
        }
        return blocks;
    }

    private static List<ReportBlock> Pairs(EncoderDiagnosis diagnosis)
    {
        IEnumerable<IReadOnlyList<ReportCell>> Rows(DiagnosedPair pair)
        {
            yield return Row(Name(pair), "raw", pair.Raw);
            yield return Row(Name(pair), "centred", pair.Centred);
        }
        IReadOnlyList<ReportCell> Row(string name, string vectors, PairContrast contrast) =>
            [name, vectors, Count(contrast.Pairs), Fixed(contrast.PositiveCosine), Fixed(contrast.NegativeCosine), Fixed(contrast.Gap), Fixed(contrast.Auc), Fixed(contrast.RecallAt1), Fixed(contrast.Alignment)];
        var blocks = new List<ReportBlock>
        {
            new ReportTable("Queries with the passage that answers them, against all other passages of the pairs",
                ["queries > passages", "vectors", "pairs", "cosine of pairs", "of mismatches", "gap", "AUC", "recall@1", "alignment"], [.. diagnosis.Pairs.SelectMany(Rows)], 2,
                $"AUC: how often a pair has the higher cosine than a mismatch; alarm below {CollapseLimits.Auc}. Recall@1 grows harder with the number of pairs. Alignment is the mean squared distance of pairs: 0 is perfect. Centred: without the mean of these vectors."),
        };
        foreach (var (pair, at) in diagnosis.Pairs.Take(MostHistograms).Select((pair, at) => (pair, at)))
        {
            blocks.Add(Histogram($"cosines-{at}", $"Cosines, {Name(pair)}", pair.Raw));
            if (at == 0) blocks.Add(Histogram("cosines-centred", $"Cosines without the mean, {Name(pair)}", pair.Centred));
        }
        return blocks;
    }

    private static ReportFigure Histogram(string name, string title, PairContrast contrast) =>
        new(HistogramChart.Draw(name, title, "cosine", -1, 1, [new HistogramSeries("pairs", contrast.PositiveCounts), new HistogramSeries("mismatches", contrast.NegativeCounts)]));

    private static List<ReportBlock> Space(EncoderDiagnosis diagnosis)
    {
        var rows = diagnosis.Languages.Select(language => (IReadOnlyList<ReportCell>)
        [
            language.Language, Count(language.Queries), Count(language.Passages), Fixed(language.Spread.MeanCosine), Fixed(language.Spread.CentredMeanCosine), Fixed(language.Spread.Uniformity), Fixed(language.Spread.CentredUniformity),
            One(language.Spread.EffectiveRank), One(language.Spread.ParticipationRatio), Fixed(language.Spread.IsoScore), Fixed(language.Spread.PartitionIsotropy), Fixed(language.Spread.CentredPartitionIsotropy),
        ]);
        var shown = diagnosis.Languages.Take(MostSpectra).ToList();
        static IEnumerable<(double, double)> Cumulative(VectorSpread spread)
        {
            var (total, sum) = (spread.Spectrum.Sum(value => value * value), 0.0);
            foreach (var (value, at) in spread.Spectrum.Select((value, at) => (value, at))) yield return (at + 1, (sum += value * value) / Math.Max(total, 1e-30));
        }
        return
        [
            new ReportTable(string.Create(CultureInfo.InvariantCulture, $"Vectors of {diagnosis.Languages[0].Spread.Dimension} dimensions, by language"),
                ["language", "queries", "passages", "mean cosine", "centred", "uniformity", "centred", "effective rank", "participation ratio", "IsoScore", "partition isotropy", "centred"], [.. rows], 1,
                $"Mean cosine: alarm above {CollapseLimits.MeanCosine}. Uniformity: about −4 on a full sphere, 0 at collapse. Effective rank and participation ratio count directions in use; alarm below a tenth of the dimension (or of the number of vectors, where those are fewer). IsoScore: 1 isotropic, 0 a single direction. Mean cosine is no measure of isotropy: read both."),
            new ReportFigure(LineChart.Draw("spectrum", "Spectrum: singular values of the centred vectors", "component", [.. shown.Select(language => new LineSeries(language.Language, [.. language.Spread.Spectrum.Select((value, at) => ((double)at + 1, value))]))])),
            new ReportFigure(LineChart.Draw("spectrum-sum", "Share of the variance in the first components", "components", [.. shown.Select(language => new LineSeries(language.Language, [.. Cumulative(language.Spread)]))])),
        ];
    }

    private static List<ReportBlock> Languages(EncoderDiagnosis diagnosis, LanguageTrace trace) =>
    [
        new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"The nearest of the languages' means is that of a text's own language for {100 * trace.Accuracy:0.0}% of the texts; guessing reaches {100 * trace.Chance:0.0}%, and the nearer to that the better. A text's own vector is left out of its language's mean.")),
        new ReportTable("Language bias: squared distance of two languages' means over the mean variance within them", ["", .. trace.Languages],
            [.. trace.Languages.Select((language, a) => (IReadOnlyList<ReportCell>)[language, .. trace.Bias[a].Select((bias, b) => (ReportCell)(a == b ? "" : double.IsFinite(bias) ? Fixed(bias) : "∞"))])]),
        new ReportFigure(PointChart.Draw("plane", "Texts and the means of their languages", "The plane of the first two principal components of all vectors",
            [.. diagnosis.Centroids.Select(centre => new PointSeries(centre.Language, [.. diagnosis.Points.Where(point => point.Language == centre.Language).Select(point => (point.X, point.Y))], (centre.X, centre.Y)))])),
    ];

    private static List<ReportBlock> Changes(EncoderDiagnosis diagnosis)
    {
        var measures = diagnosis.Changes[0].Measures.Select(measure => measure.Measure).ToList();
        var best = measures.Select((_, at) => diagnosis.Changes.Max(change => change.Measures[at].Value)).ToList();
        return
        [
            new ReportParagraph("Each change is fitted on the texts of one half of the queries, and on passages that answer none of the others, and measured on the other half, both ways round. Retrieval is from the sampled passages alone, which is easier than from the whole collection: compare the rows, not with other numbers."),
            new ReportTable("Vectors changed after training", ["vectors", "mean cosine", "AUC", "recall@1", .. measures],
                [.. diagnosis.Changes.Select(change => (IReadOnlyList<ReportCell>)
                [
                    DiagnosisFindings.NameOf(change.Method), Fixed(change.MeanCosine), Fixed(change.Auc), Fixed(change.RecallAt1),
                    .. change.Measures.Select((measure, at) => new ReportCell(measure.Value.ToString("F4", CultureInfo.InvariantCulture)) { IsBest = measure.Value == best[at] }),
                ])]),
        ];
    }

    private static List<ReportBlock> Method(EncoderDiagnosis diagnosis, string? command)
    {
        var blocks = new List<ReportBlock>
        {
            new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"{diagnosis.Queries:N0} queries with a relevant passage were drawn with seed {diagnosis.Seed}, and {diagnosis.Passages:N0} passages: those that answer them and others of the same languages at random. A mismatch is a query with another query's passage that is not judged relevant to it.")),
        };
        if (command is not null) blocks.Add(new ReportCode(command));
        return blocks;
    }

    private static string Name(DiagnosedPair pair) => pair.From == pair.To && pair.From == "all" ? "all" : $"{pair.From} > {pair.To}";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // What rounds to zero has no sign.
    private static string Fixed(double value) => (Math.Round(value, 3) + 0.0).ToString("F3", CultureInfo.InvariantCulture);

    private static string One(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
