using System.Globalization;
using System.Text;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Collections.Tests.Formats.Trec;

public sealed class TrecScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ManyDecimals_AreTheDoublesThatDotNetReads()
    {
        var random = new Random(5);
        string[] edge = ["0", "-0", ".5", "5.", "+1.5", "123456789012345", "0.123456789012345", "1234567890123456", "1e-3", "1E5", "0.1", "16777217", "9007199254740993", "0.30000000000000004"];
        var texts = edge.Concat(Enumerable.Range(0, 3000).Select(_ =>
            (random.NextDouble() * Math.Pow(10, random.Next(-5, 6)) - 1).ToString("F" + random.Next(0, 16), CultureInfo.InvariantCulture))).ToList();
        var lines = new StringBuilder();
        for (var i = 0; i < texts.Count; i++) lines.Append(CultureInfo.InvariantCulture, $"q{i} Q0 p 1 {texts[i]} t\n");

        var run = TrecRun.Read(_folder.Write("run", lines.ToString()));

        for (var i = 0; i < texts.Count; i++)
        {
            var expected = double.Parse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture);
            BitConverter.DoubleToInt64Bits(run.Ranking($"q{i}")[0].Score).ShouldBe(BitConverter.DoubleToInt64Bits(expected), texts[i]);
        }
    }
}
