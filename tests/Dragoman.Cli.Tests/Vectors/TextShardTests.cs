using Dragoman.Cli.Vectors;

namespace Dragoman.Cli.Tests.Vectors;

public class TextShardTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1023, 3)]
    [InlineData(1025, 2)]
    [InlineData(9999, 4)]
    [InlineData(1_000_000, 7)]
    public void Of_AllParts_AreAllTextsInWholeWindows(int texts, int count)
    {
        var end = 0;
        for (var number = 1; number <= count; number++)
        {
            var part = new TextShard(number, count).Of(texts);
            part.First.ShouldBe(end);
            if (part.First < texts) (part.First % TextShard.TextsPerWindow).ShouldBe(0);
            (part.End - part.First).ShouldBeInRange(0, texts / count + TextShard.TextsPerWindow);
            end = part.End;
        }
        end.ShouldBe(texts);
    }

    [Theory]
    [InlineData("3/2", "is shard 3 of only 2")]
    [InlineData("0/2", "is shard 0; shards are counted from 1")]
    [InlineData("1/0", "is of 0 shards; there is at least one")]
    [InlineData("two", "is 'two'; use I/N, as 2/4 for the second of four")]
    [InlineData("-1/2", "is '-1/2'; use I/N")]
    public void TryParse_NoPart_SaysWhatIsWrong(string text, string expected)
    {
        TextShard.TryParse(text, out var problem).ShouldBeNull();
        problem!.ShouldStartWith(expected);
    }

    [Fact]
    public void NameOf_ManyParts_IsInTheOrderOfTheParts()
    {
        VectorParts.NameOf("v/all.jsonl.gz", new TextShard(2, 16)).ShouldBe("v/all.02-of-16.jsonl.gz");
        VectorParts.NameOf("vectors", new TextShard(2, 2)).ShouldBe("vectors.2-of-2");
    }
}
