namespace Dragoman.Cli.Tests.Commands;

/// <summary>A disk that fills up at every point of a change: the index that was published answers, and the next command works.</summary>
public sealed class FullDiskTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    private const string Mount = "mkdir -p disk; mount -t tmpfs -o size=1m tmpfs disk || exit 77; cp -r i disk/i\n";

    [Fact]
    public async Task Delete_DiskFullInTheCommit_IsWholeOrNotAtAll()
    {
        // With no room SQLite cannot begin its journal; with a few pages it breaks off in the middle.
        var output = await SmallDisk.RunAsync(folder.Path, Mount + """
            for pages in 0 1 2 3 4 5 6 8; do
              rm -rf disk/i disk/filler; cp -r i disk/i; fill $pages
              echo "== $pages"; run index delete --index disk/i kk1; run search --index disk/i түйе; ls disk/i | tr '\n' ' '; echo
            done
            rm disk/filler; echo "== room"; run index delete --index disk/i ru1; run index info --index disk/i --verify
            """);

        var rounds = output.Split("== ", StringSplitOptions.RemoveEmptyEntries);
        var refused = 0;
        foreach (var round in rounds[..^1])
        {
            round.ShouldContain("config.json index.db manifest.json segments writer.lock"); // no journal is left
            if (round.Contains("Deleted 1 passage", StringComparison.Ordinal))
            {
                round.ShouldContain("No passage found.");
                continue;
            }
            round.ShouldContain("disk/i/index.db cannot be written: the disk is full; what was published before is intact, make room and try again.\nexit 1");
            round.ShouldContain("Түйе\n");
            refused++;
        }
        refused.ShouldBeInRange(2, rounds.Length - 2);
        rounds[^1].ShouldContain("Deleted 1 passage from disk/i; it holds 2 now.");
    }

    [Fact]
    public async Task Add_DiskFullInASegment_LeavesWhatWasPublished()
    {
        var text = string.Join(' ', Enumerable.Range(0, 400).Select(number => $"word{number * 7919 % 100_003}"));
        folder.Write("more/corpus.jsonl", string.Concat(Enumerable.Range(0, 400).Select(number => $$"""{"_id": "m{{number}}", "text": "{{number}} {{text}}", "lang": "en"}""" + "\n")));

        var output = await SmallDisk.RunAsync(folder.Path, Mount + """
            fill 20
            run index add --index disk/i --collection more; ls disk/i/segments; run search --index disk/i түйе
            rm disk/filler; run index delete --index disk/i kk1
            """);

        output.ShouldContain("The index disk/i cannot be written (No space left on device");
        output.ShouldContain("exit 1\n00000001.seg\n  1  ");
        output.ShouldContain("Түйе\n");
        output.ShouldContain("Deleted 1 passage from disk/i; it holds 3 now.");
    }

    [Fact]
    public async Task Build_DiskFullInTheStageFolder_NamesTheOutputAndLeavesNothing()
    {
        var output = await SmallDisk.RunAsync(folder.Path, Mount + """
            fill 0
            run index --collection c --output disk/new --model none; run retrieve --index i --queries queries.tsv --output disk/x.run; ls -A disk
            """);

        output.ShouldContain("disk/new/index.db cannot be written: the disk is full");
        output.ShouldContain("disk/x.run cannot be written (No space left on device); nothing was left there, make room or name another place.");
        output.ShouldNotContain(".tmp");
        output.ShouldEndWith("exit 1\nfiller\ni\n");
    }

    [Fact]
    public async Task Index_OnAReadOnlyDisk_IsSearchedAndNotChanged()
    {
        var output = await SmallDisk.RunAsync(folder.Path, """
            mkdir -p disk; mount -t tmpfs tmpfs disk || exit 77; cp -r i disk/i; mount -o remount,ro disk || exit 77
            run search --index disk/i түйе; run retrieve --index disk/i --queries queries.tsv --output ro.run; run index info --index disk/i --verify; run explain --index disk/i --passage en2 camel
            run index delete --index disk/i kk1; run index add --index disk/i --collection c; run index merge --index disk/i; run index --collection c --output disk/i --model none
            """);

        output.Split("exit 0\n").Length.ShouldBe(5, output);
        output.Split("Index disk/i cannot be changed (Read-only file system); it can be searched.\nexit 1\n").Length.ShouldBe(5, output);
        folder.Read("ro.run").ShouldNotBeEmpty();
    }
}
