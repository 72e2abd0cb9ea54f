using Dragoman.Collections.Errors;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private static ConfigurationFile Parse(string yaml) => ConfigurationFile.Parse(yaml, "run.yaml", Path.GetTempPath());

    [Fact]
    public void Read_ManyProblems_AllInOneMessageByLine()
    {
        var file = Parse("""
            name: first
            training:
              epoch: 3
              batch_size: many
              learning_rate: -1
              shuffle: yes
            optimiser: adamm
            model:
              from: nowhere
            extra: [1]
            """);
        file.Root.Text("name");
        var training = file.Root.Section("training");
        training.WholeNumber("epochs", 3, least: 1);
        training.WholeNumber("batch_size", 8, least: 1, most: 4096).ShouldBe(8);
        training.Number("learning_rate", 1e-5, least: 0).ShouldBe(1e-5);
        training.Flag("shuffle", true);
        training.WholeNumber("seed", null);
        file.Root.Choice("optimiser", "adamw", ("adamw", 1), ("sgd", 2)).ShouldBe(1);
        var model = file.Root.Section("model");
        var from = model.FilePath("from");
        var failure = Should.Throw<ConfigurationException>(file.ThrowIfProblems);
        failure.Problems.Count.ShouldBe(8);
        failure.Message.ShouldBe($"""
            run.yaml has 8 problems:
              - line 2: training.seed is missing; it has no default.
              - line 3: training.epoch is not a key used here. Did you mean epochs? Known: epochs, batch_size, learning_rate, shuffle, seed.
              - line 4: training.batch_size is 'many'; use a whole number from 1 to 4096.
              - line 5: training.learning_rate is '-1'; use a number, 0 or more.
              - line 6: training.shuffle is 'yes'; use true or false.
              - line 7: optimiser is 'adamm'; use adamw or sgd. Did you mean adamw?
              - line 9: model.from is 'nowhere', but {from} does not exist.
              - line 10: extra is not a key used here. Known: name, training, optimiser, model.
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public void Read_EverythingRight_EffectiveHoldsDefaultsToo()
    {
        var file = Parse("steps: 1_000\nrate: 1e-3\nlanguages: [zh, kk]\ndata:\n  - path: a\n  - path: b\n");
        file.Root.WholeNumber("steps", 5).ShouldBe(1000);
        file.Root.Number("rate", null).ShouldBe(0.001);
        file.Root.Texts("languages", null).ShouldBe(["zh", "kk"]);
        file.Root.Sections("data").Select(section => section.Text("path")).ShouldBe(["a", "b"]);
        file.Root.Section("absent").Flag("on", true).ShouldBeTrue();
        file.ThrowIfProblems();
        file.Root.Effective.ToJsonString().ShouldBe("""{"steps":1000,"rate":0.001,"languages":["zh","kk"],"data":[{"path":"a"},{"path":"b"}],"absent":{"on":true}}""");
    }

    [Theory]
    [InlineData("a: 1\na: 2\n", "run.yaml: line 2: not readable as YAML (")]
    [InlineData("a: [1, 2\n", "run.yaml: line ")]
    [InlineData("- a\n- b\n", "run.yaml: line 1: expected one mapping of keys to values")]
    [InlineData("", "run.yaml: line 1: expected one mapping of keys to values")]
    public void Read_NotOneMapping_SaysWhere(string yaml, string start) =>
        Should.Throw<ConfigurationException>(() => Parse(yaml)).Message.ShouldStartWith(start);

    [Fact]
    public void FilePath_VariableUnset_SaysSo()
    {
        var file = Parse("data: ${DRAGOMAN_TEST_UNSET}/x\n");
        file.Root.FilePath("data", mustExist: false);
        Should.Throw<ConfigurationException>(file.ThrowIfProblems).Message
            .ShouldBe("run.yaml: line 1: data is '${DRAGOMAN_TEST_UNSET}/x', but the environment variable DRAGOMAN_TEST_UNSET is not set.");
    }

    [Fact]
    public void FilePath_Relative_StartsAtTheFileAndIsRecordedAsWritten()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sub/data.txt", "x");
        var file = ConfigurationFile.Read(folder.Write("run.yaml", "data: sub/data.txt\n"));
        file.Root.FilePath("data").ShouldBe(folder["sub/data.txt"]);
        file.Root.Effective["data"]!.GetValue<string>().ShouldBe("sub/data.txt");
    }

    [Fact]
    public void Read_ValueOfAnotherKind_SaysWhichKind()
    {
        var file = Parse("a:\n  b: 1\nc: [1]\nd: 5\n");
        file.Root.WholeNumber("a", 1);
        file.Root.Flag("c", true);
        file.Root.Section("d");
        Should.Throw<ConfigurationException>(file.ThrowIfProblems).Problems.ShouldBe(
        [
            "line 1: a is a section; use a single value.",
            "line 3: c is a list; use a single value.",
            "line 4: d is '5'; use a section of keys and values.",
        ]);
    }
}
