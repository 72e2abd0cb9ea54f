using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Tests.Indexing.Postings;

public class PostingsTests
{
    [Fact]
    public void Pack_EveryWidth_UnpacksToTheSame()
    {
        var random = new Random(1);
        for (var bits = 0; bits <= 32; bits++)
        {
            var numbers = Enumerable.Range(0, BitPacking.Block).Select(_ => (uint)(random.NextInt64(1L << bits))).ToArray();
            if (bits > 0) numbers[^1] = uint.MaxValue >> (32 - bits);
            BitPacking.BitsFor(numbers).ShouldBe(bits);
            var packed = new byte[BitPacking.Bytes(bits)];
            BitPacking.Pack(numbers, bits, packed);
            var unpacked = new uint[BitPacking.Block];
            BitPacking.Unpack(packed, bits, unpacked);
            unpacked.ShouldBe(numbers);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(127, 2)]
    [InlineData(128, 3)]
    [InlineData(129, 50)]
    [InlineData(1000, 1)]
    [InlineData(5000, 900)]
    public void Cursor_AnyList_WalksJumpsAndBoundsIt(int count, int gap)
    {
        var random = new Random(count + gap);
        var passages = Enumerable.Range(0, count).Select(_ => random.Next(1, gap + 1)).ToArray();
        for (var place = 1; place < count; place++) passages[place] += passages[place - 1];
        // Frequencies, and bits of weights: both are values that rise.
        var values = passages.Select(_ => random.Next(10) == 0 ? BitConverter.SingleToInt32Bits(random.NextSingle() + 0.01f) : random.Next(1, 9)).ToArray();
        var lengths = Enumerable.Range(0, passages[^1] + 1).Select(_ => random.Next(1, 300)).ToArray();
        using var folder = new TemporaryFolder();
        using var file = Write(folder, new PostingsEncoder().Encode(passages, values, lengths).ToArray());
        var entry = new TermEntry(0, count, 0, 0, (int)file.Section(SectionKind.Postings).Length);

        var cursor = new PostingsCursor(file.Section(SectionKind.Postings), entry);
        foreach (var (passage, value) in passages.Zip(values))
        {
            (cursor.Passage, cursor.Value).ShouldBe((passage, value));
            cursor.Next();
        }
        cursor.Passage.ShouldBe(PostingsCursor.End);
        for (var jumps = 0; jumps < 200; jumps++) Jump(new PostingsCursor(file.Section(SectionKind.Postings), entry), passages, values, random);
        Bound(new PostingsCursor(file.Section(SectionKind.Postings), entry), passages, values, lengths);
    }

    [Fact]
    public void Frontier_RandomPairs_IsNeverBeaten()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var pairs = Enumerable.Range(0, 128).Select(_ => new Impact(random.Next(1, 40), random.Next(1, 400))).ToArray();
            var all = pairs.ToArray();
            var count = ImpactFrontier.Reduce(pairs);
            count.ShouldBeLessThanOrEqualTo(ImpactFrontier.MaxPairs);
            all.ShouldAllBe(pair => pairs.Take(count).Any(best => best.Value >= pair.Value && best.Length <= pair.Length));
        }
    }

    private static SegmentFile Write(TemporaryFolder folder, byte[] list)
    {
        using (var stream = File.Create(folder["postings"]))
        {
            var writer = new SegmentFileWriter(stream, 7);
            writer.Write<byte>(SectionKind.Postings, list);
            writer.Finish();
        }
        return new SegmentFile(folder["postings"], 7);
    }

    private static void Jump(PostingsCursor cursor, int[] passages, int[] values, Random random)
    {
        for (var target = 0; cursor.Passage != PostingsCursor.End; target += random.Next(1, passages[^1] / 3 + 2))
        {
            cursor.MoveTo(target);
            var place = Array.FindIndex(passages, passage => passage >= target);
            cursor.Passage.ShouldBe(place < 0 ? PostingsCursor.End : passages[place]);
            if (place >= 0) cursor.Value.ShouldBe(values[place]);
        }
    }

    private static void Bound(PostingsCursor cursor, int[] passages, int[] values, int[] lengths)
    {
        var weight = new Ratio();
        var best = passages.Zip(values, (passage, value) => weight.Part(value, lengths[passage])).ToArray();
        cursor.ListBound(weight, lengths).ShouldBeGreaterThanOrEqualTo(best.Max());
        for (var place = 0; place < passages.Length; place += 17)
        {
            cursor.BlockEnd(passages[place]).ShouldBeGreaterThanOrEqualTo(passages[place]);
            cursor.BlockBound(passages[place], weight, lengths).ShouldBeGreaterThanOrEqualTo(best[place]);
        }
    }

    private sealed class Ratio : TermWeight
    {
        internal override double QueryWeight => 1;

        internal override double Part(int value, int length) => (double)value / length;
    }
}
