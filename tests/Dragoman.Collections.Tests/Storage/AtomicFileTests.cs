using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_MissingFolder_IsMade()
    {
        AtomicFile.WriteText(_folder["a/b/c.txt"], writer => writer.WriteLine("x"));

        File.ReadAllText(_folder["a/b/c.txt"]).ShouldBe("x\n");
        Directory.EnumerateFileSystemEntries(_folder["a/b"]).Count().ShouldBe(1);
    }

    [Fact]
    public void WriteText_FailureMidway_KeepsTheOldFileAndLeavesNothing()
    {
        var path = _folder.Write("a.txt", "old");

        Should.Throw<DragomanException>(() => AtomicFile.WriteText(path, writer =>
        {
            writer.Write("half");
            throw new DragomanException("broken input");
        })).Message.ShouldBe("broken input");

        File.ReadAllText(path).ShouldBe("old");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void WriteText_Folder_IsRefusedBeforeTheWork()
    {
        var called = false;

        Should.Throw<DragomanException>(() => AtomicFile.WriteText(_folder.Path, _ => called = true)).Message.ShouldEndWith("is a folder; name a file for the output.");
        called.ShouldBeFalse();
    }

    [Fact]
    public void WriteText_BelowAFile_NamesTheFile()
    {
        var file = _folder.Write("a.txt", "old");

        Should.Throw<DragomanException>(() => AtomicFile.WriteText(Path.Combine(file, "x", "b.txt"), _ => { })).Message.ShouldContain($"{file} is a file, not a folder");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void WriteText_Link_StaysALink()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "links need a privilege on Windows");
        var file = _folder.Write("real.txt", "old");
        File.CreateSymbolicLink(_folder["link.txt"], file);

        AtomicFile.WriteText(_folder["link.txt"], writer => writer.Write("new"));

        File.ReadAllText(file).ShouldBe("new");
        new FileInfo(_folder["link.txt"]).LinkTarget.ShouldBe(file);
    }

    [Fact]
    public void WriteText_FullDevice_SaysSo()
    {
        Assert.SkipUnless(File.Exists("/dev/full") && Environment.UserName != "root", "there is no /dev/full, or a mistake here would replace it");

        Should.Throw<DragomanException>(() => AtomicFile.WriteText("/dev/full", writer => writer.Write("x"))).Message.ShouldStartWith("/dev/full cannot be written (");
    }

    [Theory]
    [InlineData("a.txt", "is a file; name a folder for the output.")]
    [InlineData("a.txt/b", "a.txt is a file, not a folder; name another place.")]
    [InlineData("", "is not empty and was not written by Dragoman; name another folder or empty it first.")]
    public void StageFolder_PlaceThatCannotBe_IsRefusedAndLeftAlone(string name, string expected)
    {
        var file = _folder.Write("a.txt", "old");

        Should.Throw<DragomanException>(() => StageFolder.Begin(Path.Combine(_folder.Path, name))).Message.ShouldEndWith(expected);
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void RequireFile_FolderWithoutPermission_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "needs a user whose permissions count");
        Directory.CreateDirectory(_folder["a"]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["a"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Should.Throw<DragomanException>(() => OutputPath.RequireFile(_folder["a/b.run"])).Message.ShouldContain("nothing can be made in");
    }
}
