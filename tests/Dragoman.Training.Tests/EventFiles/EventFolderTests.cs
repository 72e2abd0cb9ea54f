using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.EventFiles;

public sealed class EventFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Events => _folder["model.tensorboard"];

    private TrainingLog Log() => new(TextWriter.Null, _folder["model.log.jsonl"], TimeProvider.System);

    private void Steps(long total, long from, long to)
    {
        using var log = Log();
        log.Begin(total, from);
        for (var step = from + 1; step <= to; step++) log.Step(step, 1.0 / step, 1e-5 * step, 3, ("accuracy", 0.5));
    }

    /// <summary>The check value of CRC-32C for the digits 1 to 9 is 0xE3069283 (RFC 3720).</summary>
    [Fact]
    public void Masked_CheckDigits_IsTheKnownValue() =>
        DecodedEvents.Masked(Encoding.ASCII.GetBytes("123456789")).ShouldBe(unchecked((0xE3069283 >> 15 | 0xE3069283 << 17) + 0xa282ead8));

    [Fact]
    public void Add_StepsEpochsLayers_AreScalarsOfTheirSteps()
    {
        using (var log = Log())
        {
            log.Message("before");
            log.Begin(4);
            log.Step(1, 0.75, 1e-5, 10, ("accuracy", 0.25), ("gradient", double.NaN));
            log.Event("layers", new JsonObject { ["step"] = 1, ["layers"] = new JsonObject { ["layer 0"] = new JsonObject { ["gradient"] = 2.5, ["update_ratio"] = 1e-3 } } });
            log.Event("epoch", new JsonObject { ["epoch"] = 1, ["loss"] = 0.5, ["accuracy"] = 0.3, ["nDCG@10"] = 0.125 });
            log.Message("alarm: mean cosine 0.97");
        }
        var events = DecodedEvents.Read(Events);
        events[0].Version.ShouldBe("brain.Event:2");
        var scalars = events.SelectMany(entry => entry.Values.Where(value => value.Scalar is not null).Select(value => (entry.Step, value.Tag, value.Scalar!.Value))).ToList();
        scalars.ShouldBe(
        [
            (1, "train/loss", 0.75f), (1, "train/learning_rate", 1e-5f), (1, "train/examples_per_second", 10), (1, "train/accuracy", 0.25f), (1, "train/gradient", float.NaN),
            (1, "gradient/layer 0", 2.5f), (1, "update_ratio/layer 0", 1e-3f), (1, "epoch/loss", 0.5f), (1, "epoch/accuracy", 0.3f), (1, "dev/nDCG@10", 0.125f),
        ]);
        events[^1].Values.Single().ShouldSatisfyAllConditions(value => value.Tag.ShouldBe("alarms"), value => value.Text.ShouldBe("alarm: mean cosine 0.97"));
    }

    [Fact]
    public void Add_Histogram_KeepsCountsAndLimits()
    {
        using (var log = Log()) log.Event("histogram", new JsonObject { ["step"] = 7, ["name"] = "cosines", ["low"] = -1.0, ["high"] = 1.0, ["counts"] = new JsonArray(0, 3, 5, 0) });
        var entry = DecodedEvents.Read(Events)[^1];
        entry.Step.ShouldBe(7);
        entry.Values.Single().Counts.ShouldBe([0, 3, 5, 0]);
        entry.Values.Single().Limits.ShouldBe([-0.5, 0, 0.5, 1]);
    }

    [Fact]
    public void Begin_ResumedAfterAKill_ContinuesWithoutTornRecordOrDoubledStep()
    {
        Steps(10, 0, 7);
        var first = Directory.EnumerateFiles(Events).Single();
        File.AppendAllText(first, "a torn record");
        File.AppendAllText(_folder["model.log.jsonl"], "{\"event\":\"st");
        Steps(10, 4, 10);                                    // the checkpoint was of step 4
        DecodedEvents.Curve(Events, "train/loss").ShouldBe([.. Enumerable.Range(1, 10).Select(step => ((long)step, (float)(1.0 / step)))]);
        var events = DecodedEvents.Read(Events);
        events.Single(entry => entry.Session is not null).ShouldSatisfyAllConditions(entry => entry.Session.ShouldBe(1), entry => entry.Step.ShouldBe(5));
        File.ReadLines(_folder["model.log.jsonl"]).ShouldAllBe(line => JsonNode.Parse(line, null, default) is JsonObject);
    }

    [Fact]
    public void Begin_Anew_LeavesNothingOfTheEarlierRun()
    {
        Directory.CreateDirectory(Events);
        File.WriteAllText(Path.Combine(Events, "events.out.tfevents.17.somebody"), "not ours");
        Steps(10, 0, 7);
        Steps(3, 0, 2);
        File.Delete(Path.Combine(Events, "events.out.tfevents.17.somebody"));
        DecodedEvents.Curve(Events, "train/loss").ShouldBe([(1, 1), (2, 0.5f)]);
    }

    [Fact]
    public void Step_WhileTheRunGoesOn_IsOnDisk()
    {
        using var log = Log();
        log.Begin(10);
        log.Step(1, 0.5, 1, 1);
        DecodedEvents.Curve(Events, "train/loss").ShouldBe([(1, 0.5f)]);
    }
}
