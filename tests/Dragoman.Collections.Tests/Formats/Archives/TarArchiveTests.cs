using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats.Archives;

public sealed class TarArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MrTydiArchive_FindsDocumentsTopicsAndJudgements()
    {
        var path = _folder.Write("mrtydi-v1.1-korean.tar.gz", Archive());
        PassagesFile.Read(path).ShouldBe([new Passage("1#0", "", "하나", "ko"), new Passage("2#0", "", "둘", "ko")]);
        QueriesFile.Read(path).ShouldBe([new Query("q1", "질문", "ko"), new Query("q2", "또", "ko")]);
        QrelsFile.Read(path, new QrelsOptions { Split = "test" }).Judgements("q2").ShouldBe([new Judgement("2#0", 1)]);
        Should.Throw<DragomanException>(() => QrelsFile.Read(path, new QrelsOptions { Split = "train" })).Message.ShouldBe($"{path} holds no judgements (qrels.train.txt); name the file itself.");
    }

    [Fact]
    public void Read_CutArchive_IsADataFormatException()
    {
        var whole = Archive();
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(whole), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        for (var length = 0; length < unpacked.Length; length += 97)
        {
            var path = _folder.Write("x.tar", unpacked.ToArray()[..length]);
            try
            {
                PassagesFile.Read(path).Count().ShouldBe(2);
            }
            catch (DragomanException cut)
            {
                cut.Message.ShouldStartWith(path);
            }
        }
    }

    internal static byte[] Archive()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            Add(tar, "topic.dev.tsv", Encoding.UTF8.GetBytes("q1\t질문\n"));
            Add(tar, "topic.test.tsv", Encoding.UTF8.GetBytes("q2\t또\n"));
            Add(tar, "qrels.dev.txt", Encoding.UTF8.GetBytes("q1 Q0 1#0 1\n"));
            Add(tar, "qrels.test.txt", Encoding.UTF8.GetBytes("q2 Q0 2#0 1\n"));
            Add(tar, "collection/docs.jsonl.gz", Gzipped.Bytes("{\"id\": \"1#0\", \"contents\": \"하나\"}\n{\"id\": \"2#0\", \"contents\": \"둘\"}\n"));
        }
        return buffer.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "mrtydi-v1.1-korean/" + name) { DataStream = new MemoryStream(content) });
}
