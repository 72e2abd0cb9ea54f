using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Tests.Storage;

public sealed class TextLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AllLineEnds_GivesNumberedLines()
    {
        var path = _folder.Write("a.txt", "\uFEFFfirst\r\n\nқазақ\nlast");

        TextLines.Read(path).ShouldBe([new(1, "first"), new(2, ""), new(3, "қазақ"), new(4, "last")]);
    }

    [Fact]
    public void Read_GzipWithoutSuffix_IsRecognised()
    {
        var path = _folder.Write("a.txt", Gzipped.Bytes("one\ntwo\n"));

        TextLines.Read(path).Select(line => line.Text).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Read_LineLongerThanTheBuffer_IsWhole()
    {
        var text = string.Concat(Enumerable.Repeat("长", 300_000));
        var path = _folder.Write("a.txt", $"x\n{text}\ny\n");

        TextLines.Read(path).Select(line => line.Text).ShouldBe(["x", text, "y"]);
    }

    [Fact]
    public void Read_EmptyFile_HasNoLines() => TextLines.Read(_folder.Write("a.txt", "")).ShouldBeEmpty();

    [Fact]
    public void Read_NotUtf8_NamesLineAndByte()
    {
        var path = _folder.Write("a.txt", [.. "good\nab"u8, 0xFF, .. "\n"u8]);

        Should.Throw<DataFormatException>(() => TextLines.Read(path).ToList()).Message
            .ShouldBe($"{path}, line 2: byte 3 of the line is not UTF-8; convert the file to UTF-8 (for example with iconv).");
    }

    [Fact]
    public void Read_TruncatedGzip_Fails()
    {
        var text = new StringBuilder();
        var random = new Random(1);
        for (var i = 0; i < 5000; i++) text.Append(random.Next()).Append('\n');
        var whole = Gzipped.Bytes(text.ToString());
        var path = _folder.Write("a.gz", whole[..(whole.Length / 2)]);

        Should.Throw<DataFormatException>(() => TextLines.Read(path).Count()).Message.ShouldContain("the gzip data end or break here");
    }

    [Fact]
    public void Read_Missing_SaysSo() =>
        Should.Throw<DragomanException>(() => TextLines.Read(_folder["none"]).ToList()).Message
            .ShouldBe($"{_folder["none"]} does not exist; check the name and the current folder.");
}
