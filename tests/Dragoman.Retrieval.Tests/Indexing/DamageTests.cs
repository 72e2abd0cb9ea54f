using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Tests.FirstStage.Phrases;
using Dragoman.Retrieval.Tests.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.Indexing;

public class DamageTests
{
    private const int Flips = 150;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SearchIndex.VerifiedBytes)]
    [InlineData(0)]
    public void Open_OneByteChanged_IsAFailureWithANameOrMakesNoDifference(long verifiedBytes)
    {
        using var folder = new TemporaryFolder();
        MakeIndex(folder["index"]);
        var expected = Read(folder["index"], verifiedBytes);
        var random = new Random(1);
        var failures = 0;
        var files = Directory.GetFiles(folder["index/segments"]).Append(folder["index/index.db"]).ToArray();
        for (var flip = 0; flip < Flips; flip++)
        {
            var file = files[flip % files.Length];
            var bytes = File.ReadAllBytes(file);
            var place = random.Next(bytes.Length);
            bytes[place] ^= (byte)(1 << random.Next(8));
            var changed = Replace(file, bytes);
            try
            {
                Read(folder["index"], verifiedBytes).ShouldBe(expected, $"{Path.GetFileName(file)}, byte {place}");
            }
            catch (DragomanException failure)
            {
                failures++;
                failure.Message.ShouldContain(folder["index"]);
                failure.Message.ShouldNotContain('\n');
            }
            File.WriteAllBytes(file, changed);
        }
        // Flips in the database's history and free space, and in gaps between sections of which nothing is read, make no difference.
        failures.ShouldBeGreaterThan(Flips / 2);
        Read(folder["index"], verifiedBytes).ShouldBe(expected);
    }

    [Fact]
    public void Open_EveryByteOfASegment_IsUnderAChecksum()
    {
        using var folder = new TemporaryFolder();
        IndexBuilder.Build(RandomCollection.Passages(2, 4), folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Positions = true }, cancellationToken: Token);
        var file = Directory.GetFiles(folder["index/segments"]).Single();
        var bytes = File.ReadAllBytes(file);
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 0x10;
            File.WriteAllBytes(file, bytes);
            Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Path.ShouldBe(file);
            bytes[place] ^= 0x10;
        }
    }

    [Fact]
    public void Open_SegmentCutShortMissingOrAnother_IsNamed()
    {
        using var folder = new TemporaryFolder();
        MakeIndex(folder["index"]);
        var files = Directory.GetFiles(folder["index/segments"]).Order(StringComparer.Ordinal).ToArray();
        var bytes = File.ReadAllBytes(files[0]);

        File.WriteAllBytes(files[0], bytes[..^1]);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("its end is not that of a segment");
        File.WriteAllBytes(files[0], []);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("it has 0 bytes");
        File.Copy(files[1], files[0], overwrite: true);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("it holds segment");
        File.Delete(files[0]);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("is missing");
        File.Delete(folder["index/index.db"]);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("index.db: the file is missing");
        File.WriteAllText(folder["index/index.db"], new string('x', 5000));
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("the database of the index is damaged");
    }

    [Fact]
    public void Retrieve_DamagedPositions_IsSeenByPhrasesOnly()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var passages = Enumerable.Range(0, 3000).Select(number => new Passage($"p{number}", "", string.Join(' ', Enumerable.Range(0, 100).Select(_ => $"t{random.Next(40)}")), "kk"));
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Positions = true }, cancellationToken: Token);
        var file = Directory.GetFiles(folder["index/segments"]).Single();
        IReadOnlyList<RankedPassage> expected;
        using (var index = SearchIndex.Open(folder["index"], verifiedBytes: 0)) expected = Retrieve(index);
        using (var segment = new SegmentFile(file, 1))
        {
            var positions = segment.Section(SectionKind.Positions, 0);
            positions.Length.ShouldBeGreaterThan(4 * SegmentFooter.PageBytes);
            var bytes = File.ReadAllBytes(file);
            // Every page that holds nothing else.
            for (var page = positions.Offset / SegmentFooter.PageBytes + 1; (page + 1) * SegmentFooter.PageBytes <= positions.Offset + positions.Length; page++) bytes[page * SegmentFooter.PageBytes] ^= 1;
            File.WriteAllBytes(file + ".changed", bytes);
        }
        File.Move(file + ".changed", file, overwrite: true);

        using var damaged = SearchIndex.Open(folder["index"], verifiedBytes: 0);
        Retrieve(damaged).ShouldBe(expected);
        var query = PhraseQuery.Parse(new Query("q", "\"t20 t21 t22\"", "und"));
        Should.Throw<DataFormatException>(() => new PhraseFinder(damaged, new SpaceAnalyzer()).Find(query, new RetrievalOptions(), Token)).Message.ShouldContain("do not match their checksum");

        static IReadOnlyList<RankedPassage> Retrieve(SearchIndex index) =>
            new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([new Query("q", "t20 t21 t22", "und")], new RetrievalOptions(), Token)[0];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_DiskFullAtAnyByte_LeavesThePublishedIndex(bool weighted)
    {
        using var folder = new TemporaryFolder();
        var weigher = weighted ? new PsqWeigher(RandomTables.Write(folder["tables"], 1), ["en"]) : null;
        MakeIndex(folder["index"], weigher);
        var files = Directory.GetFiles(folder["index/segments"]).Length;
        var expected = Read(folder["index"], long.MaxValue);
        var options = new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = new HashEncoder(), Weigher = weigher, MemoryBytes = 3000 };
        var failed = 0;
        for (var room = 0; ; room += weighted ? 9000 : 3000)
        {
            using (var writer = IndexWriter.Open(folder["index"], options, Disk(room)))
            {
                try
                {
                    writer.Add(RandomCollection.Passages(9, 60).Select(passage => passage with { Id = "new-" + passage.Id }), cancellationToken: Token);
                    writer.Merge(all: true, Token);
                    break;
                }
                catch (DragomanException full)
                {
                    full.Message.ShouldContain("No space left on device");
                    full.Message.ShouldContain("what was published before is intact");
                    failed++;
                }
            }
            Read(folder["index"], long.MaxValue).ShouldBe(expected);
            Directory.GetFiles(folder["index/segments"]).Length.ShouldBe(files);
        }
        failed.ShouldBeGreaterThan(5);
        Read(folder["index"], long.MaxValue).ShouldBe(expected);
    }

    private static void MakeIndex(string path, PsqWeigher? weigher = null)
    {
        var passages = RandomCollection.Passages(3, 150);
        RandomCollection.Index(path, passages.Take(50), weigher: weigher, positions: true).Dispose();
        foreach (var part in passages.Skip(50).Chunk(50))
        {
            using var writer = IndexChanges.Open(path, weigher: weigher);
            writer.Add(part, cancellationToken: Token);
            writer.Delete(part.Take(7).Select(passage => passage.Id));
            writer.Publish("test");
        }
    }

    /// <summary>Everything that can be read of an index, as a text.</summary>
    private static string Read(string path, long verifiedBytes)
    {
        using var index = SearchIndex.Open(path, verifiedBytes);
        using var encoder = new HashEncoder();
        var queries = RandomCollection.Queries(4, 12);
        var options = new RetrievalOptions { Depth = 20 };
        var rankings = new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve(queries, options, Token).Concat(new DenseRetriever(index, encoder).Retrieve(queries, options, Token));
        var found = rankings.Select(ranking => string.Join(' ', ranking.Select(passage => string.Create(CultureInfo.InvariantCulture, $"{passage.PassageId}:{passage.Score:R}"))));
        var texts = Enumerable.Range(0, index.Passages.OrdinalCount).Where(index.Passages.Contains).Select(ordinal => index.Passages.Read(ordinal).ToString());
        var terms = Enumerable.Range(0, index.Passages.OrdinalCount).Select(ordinal => string.Join(' ', index.Terms.TermsOf(ordinal)));
        var finder = new PhraseFinder(index, new SpaceAnalyzer());
        var phrases = RandomPhrases.Queries(5, 30).Select(query => string.Join(' ', RandomPhrases.Ids(index, finder.Find(query, options, Token)!)));
        return string.Join('\n', found.Concat(texts).Concat(terms).Concat(phrases));
    }

    // On the same file, so that nothing but the bytes changes; gives back what was there.
    private static byte[] Replace(string file, byte[] bytes)
    {
        var before = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes);
        return before;
    }

    private static IndexStorage Disk(int room)
    {
        return new IndexStorage(path => new FullStream(File.Create(path), () => room, left => room = left));
    }

    /// <summary>Writes as long as there is room.</summary>
    private sealed class FullStream(Stream inner, Func<int> room, Action<int> use) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > room())
            {
                inner.Write(buffer, offset, room());
                throw new IOException("No space left on device");
            }
            use(room() - count);
            inner.Write(buffer, offset, count);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
