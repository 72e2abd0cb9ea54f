using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Tests.Indexing.Postings;

public class PositionsTests
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(40, 300, 3)]
    [InlineData(70, 1000, 40)]
    public void Cursor_AnyTermsInAnyOrder_GivesWhatWasWritten(int terms, int mostPostings, int mostPositions)
    {
        var random = new Random(terms);
        var lists = Enumerable.Range(0, terms).Select(_ => Enumerable.Range(0, Count(random, mostPostings)).Select(_ => Positions(random, mostPositions)).ToArray()).ToArray();
        using var folder = new TemporaryFolder();
        using var file = Write(folder, lists);
        var positions = new TermPositions(file, 0);
        foreach (var term in Enumerable.Range(0, terms).OrderBy(_ => random.Next()))
        {
            var list = lists[term];
            var entry = Entry(file, term, list);
            var (postings, cursor) = (new PostingsCursor(file.Section(SectionKind.Postings, term), entry), positions.Of(entry));
            for (var posting = random.Next(3); posting < list.Length; posting += random.Next(1, mostPostings / 4 + 2))
            {
                postings.MoveTo(2 * posting);
                cursor.Of(postings).ToArray().ShouldBe(list[posting]);
            }
        }
    }

    [Fact]
    public void Cursor_AnotherCountOfOccurrences_IsNamedDamage()
    {
        using var folder = new TemporaryFolder();
        using var file = Write(folder, [[[1, 2], [3]], [[1]]]);
        var single = Entry(file, 1, [[1]]) with { Number = 0 };

        var cursor = new TermPositions(file, 0).Of(single);

        Should.Throw<DataFormatException>(() => cursor.Of(new PostingsCursor(file.Section(SectionKind.Postings, 1), single))).Message.ShouldContain("positions are more than their postings say");
        Should.Throw<DataFormatException>(() => new TermPositions(file, 7)).Message.ShouldContain("it has no section Positions");
    }

    private static int Count(Random random, int most) => random.Next(4) switch { 0 => 1, 1 => Math.Min(most, BitPacking.Block * random.Next(1, 3)), _ => random.Next(1, most + 1) };

    private static int[] Positions(Random random, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.Next(random.Next(10) == 0 ? 1_000_000 : 200)).Distinct().Order()];

    private static TermEntry Entry(SegmentFile file, int term, int[][] list) => new(term, list.Length, list.Sum(positions => positions.Length), 0, (int)file.Section(SectionKind.Postings, term).Length);

    // Every term's postings in a section of its own, at even passages.
    private static SegmentFile Write(TemporaryFolder folder, int[][][] lists)
    {
        using (var stream = File.Create(folder["positions"]))
        {
            var writer = new SegmentFileWriter(stream, 7);
            for (var term = 0; term < lists.Length; term++)
            {
                var passages = lists[term].Select((_, posting) => 2 * posting).ToArray();
                writer.Write<byte>(SectionKind.Postings, new PostingsEncoder().Encode(passages, lists[term].Select(positions => positions.Length).ToArray(), new int[2 * passages.Length]), term);
            }
            var output = new PositionsWriter(writer, 0);
            foreach (var list in lists)
            {
                foreach (var positions in list) output.Add(positions);
                output.EndTerm();
            }
            output.End();
            writer.Finish();
        }
        return new SegmentFile(folder["positions"], 7);
    }
}
