using Dragoman.Retrieval.FirstStage;

namespace Dragoman.Retrieval.Tests.FirstStage;

public class ScoreOrderTests
{
    // Few distinct scores; many; such as differ in their last bits alone, so that leading bits do not tell them apart; of both signs and all sizes.
    public static TheoryData<string, Func<Random, double>> Kinds => new()
    {
        { "few", random => random.Next(5) / 4.0 },
        { "many", random => random.NextDouble() * 20 },
        { "one", _ => 3.5 },
        { "near", random => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(7.25) + random.Next(1000)) },
        { "near, and one far", random => random.Next(50) == 0 ? 1e300 : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(7.25) + random.Next(1000)) },
        { "signed", random => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)) },
        { "zeros", random => random.Next(2) == 0 ? 0.0 : -0.0 },
        { "infinite", random => random.Next(3) switch { 0 => double.NegativeInfinity, 1 => double.PositiveInfinity, _ => random.NextDouble() } },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sort_AnyScores_AreAscendingAndKeepTheirPassages(string kind, Func<Random, double> draw)
    {
        foreach (var count in new[] { 0, 1, 2, 95, 96, 97, 500, 2048, 2049, 20_000 })
        {
            var random = new Random(count);
            var scores = Enumerable.Range(0, count).Select(_ => draw(random)).ToArray();
            var (sorted, ordinals) = (scores.ToArray(), Enumerable.Range(0, count).ToArray());

            ScoreOrder.Sort(sorted, ordinals);

            sorted.AsEnumerable().ShouldBe(scores.Order(), kind);
            ordinals.Select(ordinal => scores[ordinal]).ShouldBe(sorted, kind);
            ordinals.Order().ShouldBe(Enumerable.Range(0, count), kind);
        }
    }
}
