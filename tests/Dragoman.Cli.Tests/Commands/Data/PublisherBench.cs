using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Cli.Tests.Commands.Data;

/// <summary>A publisher on this machine, a catalogue file of its two files, and an environment without proxies and data folder.</summary>
internal sealed class PublisherBench : IAsyncDisposable
{
    internal const string Documents = "1\tолма\n", Queries = "1\tapple\n";
    private readonly TemporaryFolder _folder = new();

    internal PublisherBench(Func<Asked, ScriptedServer.Answer, Task>? script = null) =>
        Server = new ScriptedServer(script ?? ((asked, answer) => answer.FileAsync(asked, FileOf(asked.Target), "\"v1\"")));

    internal ScriptedServer Server { get; }

    /// <summary>The host of the catalogue's addresses; this server's unless a test names another.</summary>
    internal string? Host { get; init; }

    internal Dictionary<string, string?> Environment { get; } = [];

    internal string this[string name] => _folder[name];

    internal string Cached(string file) => Path.Combine(_folder["cache"], "mine", "set", file);

    internal void Write(string name, string content) => _folder.Write(name, content);

    internal static byte[] FileOf(string target) => Encoding.UTF8.GetBytes(target.EndsWith("docs.tsv", StringComparison.Ordinal) ? Documents : Queries);

    /// <summary>The catalogue file, written when it is asked for.</summary>
    internal string Catalogue()
    {
        var host = Host ?? Server.Authority;
        return _folder.Write("mine.json", $$"""
            {"family": "mine", "title": "My own sets", "homepage": "https://example.org/", "licence": "CC0", "citation": "Me, 2026",
             "entries": [{"name": "mine/set", "title": "Apples", "format": "tsv", "needs": ["xquad"], "next": ["dragoman index --collection {folder} --output idx"],
               "files": [{"path": "docs.tsv", "url": "http://{{host}}/docs.tsv", "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(FileOf("docs.tsv")))}}"},
                         {"path": "queries.tsv", "url": "http://{{host}}/queries.tsv", "bytes": {{FileOf("queries.tsv").Length}}}]}]}
            """);
    }

    internal DragomanProcess.Surroundings Surroundings()
    {
        var surroundings = new DragomanProcess.Surroundings();
        foreach (var proxy in (string[])["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "DRAGOMAN_DATA", "XDG_CACHE_HOME"]) surroundings.Environment[proxy] = null;
        surroundings.Environment["DRAGOMAN_CACHE"] = _folder["cache"];
        foreach (var (name, value) in Environment) surroundings.Environment[name] = value;
        return surroundings;
    }

    internal Task<DragomanProcess.Outcome> RunAsync(params string[] arguments) => DragomanProcess.RunAsync(Surroundings(), ["data", .. arguments, "--catalogue", Catalogue()]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
