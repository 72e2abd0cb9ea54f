using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Tests.Storage;

public sealed class RunManifestTests : IDisposable
{
    private const string Selection = """
        {"measure": "nDCG@10", "qrels": "c/qrels/dev.tsv", "qrels_fingerprint": "a1", "judgements_fingerprint": "b2", "queries": "q", "queries_fingerprint": "c3",
         "run": "dev.run", "run_fingerprint": "d4", "query_ids": ["q1", "q2"]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_IsTheSameAndKnowsItsRun()
    {
        _folder.With("model/manifest.json", $$"""{"stage": "train", "selection": {{Selection}}}""").With("in.run", "q1 Q0 a 1 1 t\n").With("q.tsv", "q1\tcamel\n");
        var path = WriteRun("out.run", "in.run");

        var manifest = RunManifest.ReadOrNull(path).ShouldNotBeNull();

        manifest.Stage.ShouldBe("rerank");
        (manifest.Queries, manifest.Passages).ShouldBe((1, 2));
        ((int)manifest.Options["depth"]!).ShouldBe(7);
        manifest.Inputs.Select(input => input.Role).ShouldBe(["model", "queries", "run"]);
        manifest.Inputs[1].Fingerprint.ShouldBe(Fingerprint.OfFile(_folder["q.tsv"]));
        manifest.Inputs[0].Fingerprint.ShouldBe(Fingerprint.OfFile(_folder["model/manifest.json"]));
        manifest.Selections.Single().QueryIds.ShouldBe(["q1", "q2"]);
        manifest.IsOf(path).ShouldBeTrue();
        File.AppendAllText(path, "q2 Q0 a 1 1 t\n");
        manifest.IsOf(path).ShouldBeFalse();
    }

    [Fact]
    public void Write_SameInputsTwice_GivesTheSameBytes()
    {
        _folder.With("model/manifest.json", "{}").With("in.run", "q1 Q0 a 1 1 t\n").With("q.tsv", "q1\tcamel\n");
        var first = File.ReadAllBytes(WriteRun("out.run", "in.run") + RunManifest.Suffix);

        File.ReadAllBytes(WriteRun("out.run", "in.run") + RunManifest.Suffix).ShouldBe(first);
    }

    [Fact]
    public void Selections_RunOfARun_AreFoundBehindIt()
    {
        _folder.With("model/manifest.json", $$"""{"selection": {{Selection}}}""").With("in.run", "q1 Q0 a 1 1 t\n").With("q.tsv", "q1\tcamel\n");
        var first = WriteRun("first.run", "in.run");
        _folder.Write("model/manifest.json", "{}");

        var second = RunManifest.ReadOrNull(WriteRun("second.run", "first.run")).ShouldNotBeNull();

        second.Inputs[2].Manifest.ShouldNotBeNull().Fingerprint.ShouldBe(Fingerprint.OfFile(first));
        second.Selections.Single().JudgementsFingerprint.ShouldBe("b2");
    }

    [Fact]
    public void ReadOrNull_NoneThere_IsNull() => RunManifest.ReadOrNull(_folder.Write("x.run", "q1 Q0 a 1 1 t\n")).ShouldBeNull();

    [Fact]
    public void Write_ToADevice_WritesNoSideCar()
    {
        RunManifest.Write("/dev/null", Run(), "fuse", [], []);

        File.Exists("/dev/null" + RunManifest.Suffix).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"stage": "fuse"}""")]
    [InlineData("""{"stage":null,"dragoman":"1","options":{},"inputs":[],"queries":1,"passages":1,"fingerprint":"a"}""")]
    public void ReadOrNull_NoManifest_SaysWhichFile(string text)
    {
        _folder.With("x.run", "q1 Q0 a 1 1 t\n").Write("x.run" + RunManifest.Suffix, text);

        Should.Throw<DataFormatException>(() => RunManifest.ReadOrNull(_folder["x.run"])).Message.ShouldContain("x.run.manifest.json: this is not the manifest of a run");
    }

    [Fact]
    public void OfModelOrNull_NoSelection_IsNull()
    {
        _folder.With("model/manifest.json", """{"selection": null}""").With("other/manifest.json", "[]").Write("bare/x", "");

        ModelSelection.OfModelOrNull(_folder["model"]).ShouldBeNull();
        ModelSelection.OfModelOrNull(_folder["other"]).ShouldBeNull();
        ModelSelection.OfModelOrNull(_folder["bare"]).ShouldBeNull();
    }

    [Fact]
    public void JudgementsFingerprint_OtherFormatAndOrder_IsTheSame()
    {
        var trec = Dragoman.Collections.Formats.QrelsFile.Read(_folder.Write("a.txt", "q1 0 a 2\nq1 0 b 1\nq2 0 a 1\n"));
        var beir = Dragoman.Collections.Formats.QrelsFile.Read(_folder.Write("b.tsv", "query-id\tcorpus-id\tscore\nq2\ta\t1\nq1\tb\t1\nq1\ta\t2\n"));
        var other = Dragoman.Collections.Formats.QrelsFile.Read(_folder.Write("c.txt", "q1 0 a 2\nq1 0 b 0\nq2 0 a 1\n"));

        beir.Fingerprint().ShouldBe(trec.Fingerprint());
        other.Fingerprint().ShouldNotBe(trec.Fingerprint());
    }

    private string WriteRun(string name, string input)
    {
        var (path, run) = (_folder[name], Run());
        TrecRun.Write(path, run);
        RunManifest.Write(path, run, "rerank", new JsonObject { ["depth"] = 7 }, [RunInput.OfStage("model", _folder["model"]), RunInput.OfFile("queries", _folder["q.tsv"]), RunInput.OfRun(_folder[input])]);
        return path;
    }

    private static Run Run()
    {
        var builder = new RunBuilder("test");
        builder.Add("q1", "a", 2);
        builder.Add("q1", "b", 1);
        return builder.Build();
    }
}
