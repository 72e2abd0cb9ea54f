using System.Diagnostics;
using System.IO.Compression;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats.Properties;

/// <summary>Whatever a file holds, a reader gives records or says in which file and where it cannot.</summary>
public sealed class ReaderPropertyTests : IDisposable
{
    private const int Cases = 150;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Readers.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ValidFile_GivesRecords(string name)
    {
        var reader = Readers.All[name];
        reader.Read(_folder.Write(reader.FileName, reader.Content)).ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ArbitraryBytes_GivesRecordsOrSaysWhere(string name) => Check(name, (random, _) => Damage.Arbitrary(random));

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_MutatedFile_GivesRecordsOrSaysWhere(string name) => Check(name, Damage.Mutated);

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_DamagedGzip_GivesRecordsOrSaysWhere(string name) => Check(name, (random, valid) => Damage.Mutated(random, Compressed(valid)));

    [Fact]
    public void Read_ManyPassages_HoldsTheIdsAndOnePassage()
    {
        var line = "{\"docid\": \"x\", \"text\": \"" + new string('t', 2000) + "\"}\n";
        using (var gzip = new StreamWriter(new GZipStream(File.Create(_folder["docs-0.jsonl.gz"]), CompressionLevel.Fastest)))
            for (var passage = 0; passage < 60_000; passage++) gzip.Write(line.Replace("\"x\"", $"\"{passage}\"", StringComparison.Ordinal));
        var (count, most) = (0, 0L);
        foreach (var _ in PassagesFile.Read(_folder["docs-0.jsonl.gz"]))
            if (++count % 10_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        count.ShouldBe(60_000);
        most.ShouldBeLessThan(60L << 20);                            // the file unpacked is 120 MB
    }

    private void Check(string name, Func<Random, byte[], byte[]> damage)
    {
        var reader = Readers.All[name];
        for (var seed = 0; seed < Cases; seed++)
        {
            var content = damage(new Random(seed), reader.Content);
            var path = _folder.Write(reader.FileName, content);
            var watch = Stopwatch.StartNew();
            try
            {
                reader.Read(path);
            }
            catch (DataFormatException damaged)
            {
                damaged.Path.ShouldStartWith(path);
                damaged.Message.ShouldStartWith(path);
            }
            catch (DragomanException failure)
            {
                failure.Message.ShouldContain(reader.FileName);
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"{name}, seed {seed}: {Convert.ToHexString(content)}", other);
            }
            watch.Elapsed.ShouldBeLessThan(Longest, $"{name}, seed {seed}");
        }
    }

    private static byte[] Compressed(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(content);
        return buffer.ToArray();
    }
}
