using Dragoman.Collections.Errors;
using Dragoman.Testing;
using Dragoman.Training.Sampling.Noise;

namespace Dragoman.Training.Tests.Sampling.Noise;

public sealed class NoiseFileTests
{
    private const string Header = "query-id\tcorpus-id\tnoise\ttrue-grade\tgrade\n";

    [Fact]
    public void Read_Written_SameChanges()
    {
        using var folder = new TemporaryFolder();
        JudgementChange[] changes = [new("q1", "p1", NoiseKind.Mismatched, 0, 2), new("q1", "p2", NoiseKind.Displaced, 2, 0), new("q2", "p3", NoiseKind.Hidden, 1, 0), new("q3", "p3", NoiseKind.Jitter, 1, 2)];
        NoiseFile.Write(folder["noise.tsv"], changes);
        NoiseFile.Read(folder["noise.tsv"]).ShouldBe(changes);
    }

    [Theory]
    [InlineData("q1\tp1\t1\n", "line 1: this is not the noise.tsv")]
    [InlineData("", "this is not the noise.tsv")]
    [InlineData(Header + "q1\tp1\thidden\t1\n", "line 2: 4 fields, expected 5")]
    [InlineData(Header + "q1\tp1\tlost\t1\t0\n", "line 2: the noise is 'lost'; expected mismatched, displaced, hidden, jitter.")]
    [InlineData(Header + "q1\tp1\thidden\tone\t0\n", "line 2: the grade is 'one'; expected a whole number.")]
    [InlineData(Header + "q1\tp1\thidden\t1\t0\nq1\tp1\thidden\t1\t0\n", "line 3: the passage p1 of query q1 is there already")]
    public void Read_Malformed_SaysWhere(string content, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("noise.tsv", content);
        Should.Throw<DataFormatException>(() => NoiseFile.Read(path)).Message.ShouldContain(problem);
    }
}
