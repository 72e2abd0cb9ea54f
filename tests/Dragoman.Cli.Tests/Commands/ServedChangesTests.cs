using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>An index that is served, changed by another program and looked at by others.</summary>
public sealed class ServedChangesTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_IndexIsChanged_AnswersFromTheNewGeneration()
    {
        folder.Write("new/corpus.jsonl", """{"_id": "new1", "text": "a dromedary", "lang": "en"}""");
        (await folder.Run("index", "--collection", "c", "--output", "served", "--model", "none")).ExitCode.ShouldBe(0);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), "serve", "--index", "served", "--port", "0"]) { WorkingDirectory = folder.Path, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardError.ReadLineAsync(Token);
            line.ShouldStartWith("Serving 4 passages of served at http://127.0.0.1:");
            using var client = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[6].TrimEnd(';')) };
            (await Found(client)).ShouldBeEmpty();

            (await folder.Run("index", "add", "--index", "served", "--collection", "new")).ExitCode.ShouldBe(0);

            (await process.StandardError.ReadLineAsync(Token))!.ShouldContain("Dragoman.Server.PublicationWatch");
            (await process.StandardError.ReadLineAsync(Token))!.ShouldContain("Answering from generation 2 of the index now; passages: 5.");
            (await Found(client)).ShouldBe(["new1"]);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Change_AnotherProgramIsChangingTheIndex_EndsInOneSentenceAndSearchGoesOn()
    {
        (await folder.Run("index", "--collection", "c", "--output", "held", "--model", "none")).ExitCode.ShouldBe(0);
        using var held = new FileStream(Path.Combine(folder.Path, "held", "writer.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var delete = await folder.Run("index", "delete", "--index", "held", "kk1");
        var search = await folder.Run("search", "--index", "held", "түйе");

        delete.ExitCode.ShouldBe(1);
        delete.Errors.ShouldBe("Index held is being changed by another program; try again when that has ended.\n", StringCompareShould.IgnoreLineEndings);
        search.Output.ShouldContain("Түйе");
    }

    private static async Task<List<string>> Found(HttpClient client) =>
        [.. JsonNode.Parse(await client.GetStringAsync("/api/search?q=dromedary", Token))!["results"]!.AsArray().Select(result => (string)result!["id"]!)];
}
