using System.Text;

namespace Dragoman.Collections.Tests;

public class IdTableTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 5_000)]
    public void AddAll_TablesThatShareIds_NumbersThemAsOneByOne(int seed, int vocabulary)
    {
        var random = new Random(seed);
        var (together, oneByOne, batch) = (new IdTable(), new IdTable(), new IdTable());
        for (var round = 0; round < 20; round++)
        {
            batch.Clear();
            batch.Count.ShouldBe(0);
            for (var id = 0; id < random.Next(1, vocabulary); id++) batch.Add($"{(random.Next(2) == 0 ? "слово" : "w")}{random.Next(vocabulary)}");
            var numbers = new int[batch.Count];
            together.AddAll(batch, numbers);
            for (var id = 0; id < batch.Count; id++) numbers[id].ShouldBe(oneByOne.Add(batch[id]));
        }
        together.Count.ShouldBe(oneByOne.Count);
        Enumerable.Range(0, together.Count).ShouldAllBe(id => together[id] == oneByOne[id]);
        together.TextBytes.ShouldBe(Enumerable.Range(0, together.Count).Sum(id => Encoding.UTF8.GetByteCount(together[id])));
    }

    [Fact]
    public void AddAll_EmptyIdBehindAFullText_IsFound()
    {
        var (table, batch) = (new IdTable(), new IdTable());
        table.Add(new string('x', 1024));
        table.Add("");
        batch.Add("");
        var numbers = new int[1];
        table.AddAll(batch, numbers);
        numbers[0].ShouldBe(1);
    }

    [Fact]
    public void Clear_FilledTable_KnowsNothingOfWhatItHeld()
    {
        var table = new IdTable();
        for (var id = 0; id < 1000; id++) table.Add($"old{id}");
        table.Clear();
        table.IndexOf("old7").ShouldBe(-1);
        table.TextBytes.ShouldBe(0);
        table.Add("new").ShouldBe(0);
        table[0].ShouldBe("new");
    }
}
