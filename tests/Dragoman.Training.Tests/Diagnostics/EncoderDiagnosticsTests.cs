using System.Globalization;
using System.Numerics.Tensors;
using System.Xml.Linq;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Reports;
using Dragoman.Models.Encoders;
using Dragoman.Training.Diagnostics;

namespace Dragoman.Training.Tests.Diagnostics;

public sealed class EncoderDiagnosticsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A text "LANGUAGE NUMBER" becomes its number's own direction, some noise, and an offset of its language.</summary>
    private sealed class PlantedEncoder(float meaning, float common, float language) : ITextEncoder
    {
        public string Identity => "planted";

        public int Dimension => 48;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
        {
            for (var row = 0; row < texts.Count; row++)
            {
                var words = texts[row].Split(' ');
                var values = vectors.Slice(row * Dimension, Dimension);
                Gaussian(values, int.Parse(words[1], CultureInfo.InvariantCulture), meaning);
                var noise = new float[Dimension];
                Gaussian(noise, words[0].Sum(letter => letter) * 1000 + int.Parse(words[1], CultureInfo.InvariantCulture), 0.15f);
                TensorPrimitives.Add(values, noise, values);
                values[0] += common;
                values[words[0] == "kk" ? 1 : 2] += language;
                TensorPrimitives.Divide(values, TensorPrimitives.Norm<float>(values), values);
            }
        }

        public void Dispose()
        {
        }

        private static void Gaussian(Span<float> values, int seed, float scale)
        {
            var random = new Random(seed);
            for (var k = 0; k < values.Length; k++) values[k] = scale * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }

    private Collection Write(int queries)
    {
        var numbers = Enumerable.Range(0, queries).ToList();
        _folder.Write("c/corpus.jsonl", string.Concat(numbers.Concat(Enumerable.Range(1000, 50)).Select(n => $$"""{"_id":"p{{n}}","title":"","text":"kk {{n}}","lang":"kk"}""" + "\n")));
        _folder.Write("c/queries.jsonl", string.Concat(numbers.Select(n => $$"""{"_id":"q{{n}}","text":"zh {{n}}","lang":"zh"}""" + "\n")));
        _folder.Write("c/qrels/dev.tsv", "query-id\tcorpus-id\tscore\n" + string.Concat(numbers.Select(n => $"q{n}\tp{n}\t2\n")));
        return Collection.Open(_folder["c"]);
    }

    private EncoderDiagnosis Diagnose(PlantedEncoder encoder, int queries = 120, string? modelFolder = null) =>
        EncoderDiagnostics.Measure(encoder, modelFolder, Write(queries), new DiagnosisOptions(), null, TestContext.Current.CancellationToken);

    [Fact]
    public void Measure_SoundEncoder_FindsPairsAndRaisesNoAlarm()
    {
        var diagnosis = Diagnose(new PlantedEncoder(1, 0, 0));
        (diagnosis.Queries, diagnosis.Passages).ShouldBe((120, 170));
        diagnosis.Pairs.Single().ShouldSatisfyAllConditions(pair => pair.From.ShouldBe("zh"), pair => pair.To.ShouldBe("kk"), pair => pair.Raw.Auc.ShouldBeGreaterThan(0.99), pair => pair.Raw.RecallAt1.ShouldBe(1));
        diagnosis.Languages.Select(language => (language.Language, language.Queries, language.Passages)).ShouldBe([("all", 120, 170), ("kk", 0, 170), ("zh", 120, 0)]);
        diagnosis.Changes[0].Measures[0].ShouldBe(("nDCG@10", 1));
        diagnosis.Findings.ShouldNotContain(finding => finding.IsAlarm);
        DiagnosisReport.Verdict(diagnosis).ShouldStartWith("No alarm");
    }

    /// <summary>A level is no failure: pairs still stand out, and centring takes the level away.</summary>
    [Fact]
    public void Measure_CommonOffset_IsAnAlarmThatSaysItIsNoFailure()
    {
        var diagnosis = Diagnose(new PlantedEncoder(0.2f, 5, 0));
        diagnosis.Languages[0].Spread.MeanCosine.ShouldBeGreaterThan(0.8);
        diagnosis.Languages[0].Spread.CentredMeanCosine.ShouldBe(0, 0.05);
        var alarm = diagnosis.Findings.Single(finding => finding.IsAlarm);
        alarm.Where.ShouldBe("all, kk, zh");
        alarm.Cause.ShouldContain("this alone is no failure");
        diagnosis.Changes.Single(change => change.Method == PostHocMethod.LanguageCentring).MeanCosine.ShouldBe(0, 0.05);
    }

    [Fact]
    public void Measure_LanguageOffset_IsSeenAndCentringTakesItAway()
    {
        var diagnosis = Diagnose(new PlantedEncoder(0.2f, 0, 4));
        diagnosis.Trace!.Accuracy.ShouldBe(1);
        diagnosis.Trace.LargestBias.ShouldBeGreaterThan(5);
        diagnosis.Findings.ShouldContain(finding => finding.What.StartsWith("the nearest centroid tells the language of 100% of the texts (guessing: 50%)", StringComparison.Ordinal));
        var (before, centred) = (diagnosis.Changes[0], diagnosis.Changes[1]);
        centred.Auc.ShouldBeGreaterThanOrEqualTo(before.Auc);
        // The picture shows the two languages apart.
        Math.Abs(diagnosis.Centroids[0].X - diagnosis.Centroids[1].X).ShouldBeGreaterThan(0.8);
    }

    /// <summary>No meaning, and all in one direction: the cause is taken from how the model says that it was trained.</summary>
    [Fact]
    public void Measure_CollapsedEncoder_NamesCauseAndCureFromItsConfiguration()
    {
        _folder.Write("m/training.json", """{"task":"bi-encoder","loss":{"name":"softmax-hinge"},"training":{"batch_size":8},"encoder":{"pooling":"cls","query_length":8}}""");
        var diagnosis = Diagnose(new PlantedEncoder(0, 5, 0), modelFolder: _folder["m"]);
        diagnosis.Pairs[0].Raw.Auc.ShouldBe(0.5, 0.1);
        var alarms = diagnosis.Findings.Where(finding => finding.IsAlarm).ToList();
        alarms.Select(alarm => alarm.What.Split(' ')[0]).ShouldBe(["mean", "AUC"]);
        alarms[0].Cause.ShouldContain("loss.name softmax-hinge");
        alarms[0].Cure.ShouldBe("Train with loss: {name: info-nce, temperature: 0.05}, training.batch_size 256 or more, encoder.pooling: mean, encoder.query_length: 32 and, after the first epoch, hard negatives (negatives.mine).");
    }

    [Fact]
    public void Report_OfADiagnosis_IsWellFormedWithPicturesAndJsonHasAllNumbers()
    {
        var diagnosis = Diagnose(new PlantedEncoder(0.2f, 5, 1));
        using var page = new StringWriter();
        var report = DiagnosisReport.Make(diagnosis, DateTimeOffset.UnixEpoch, "dragoman diagnose m c");
        HtmlReport.Write(page, report);
        XDocument.Parse(page.ToString().Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Descendants("svg").Count().ShouldBe(5);
        report.Charts.Select(chart => chart.Name).ShouldBe(["cosines-0", "cosines-centred", "spectrum", "spectrum-sum", "plane"]);
        var json = DiagnosisJson.Of(diagnosis);
        json["languages"]![0]!["mean_cosine"]!.GetValue<double>().ShouldBe(diagnosis.Languages[0].Spread.MeanCosine, 1e-4);
        json["what_if"]!.AsArray().Count.ShouldBe(5);
        json["findings"]![0]!["cure"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Measure_NoQueryWithAnAnswer_SaysSo()
    {
        Write(3);
        _folder.Write("c/qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq0\tp9999\t1\nq1\tp1\t1\n");
        Should.Throw<DragomanException>(() => EncoderDiagnostics.Measure(new PlantedEncoder(1, 0, 0), null, Collection.Open(_folder["c"]), new DiagnosisOptions(), null, TestContext.Current.CancellationToken))
            .Message.ShouldContain("1 judged query has both a text and a relevant passage");
    }
}
