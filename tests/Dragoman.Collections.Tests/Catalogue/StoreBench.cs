using System.Collections.Concurrent;
using System.Text;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Tests.Downloads;

namespace Dragoman.Collections.Tests.Catalogue;

/// <summary>A publisher on this machine with two small files, a catalogue of them, a cache, and a folder of data sets.</summary>
internal sealed class StoreBench : IAsyncDisposable, IDownloadReport
{
    internal const string Documents = "1\tолма\n", Queries = "{\"q\": 1}\n";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = Downloader.CreateClient();
    private readonly ConcurrentQueue<string> _said = new();

    internal StoreBench(Func<Asked, ScriptedServer.Answer, Task>? script = null)
    {
        Server = new ScriptedServer(script ?? ((asked, answer) => answer.FileAsync(asked, FileOf(asked.Target), "\"v1\"")));
        Places = new DataPlaces(_folder["cache"], null);
        Entry = Catalogue().Find("mine/set");
    }

    internal ScriptedServer Server { get; }

    internal DataPlaces Places { get; set; }

    internal CatalogueEntry Entry { get; set; }

    internal Action<string>? OnSaid { get; set; }

    internal IReadOnlyList<string> Said => [.. _said];

    internal TemporaryFolder Folder => _folder;

    internal string CacheOf(string file) => Path.Combine(Places.FolderOf(Entry), file);

    internal static byte[] FileOf(string target) => Encoding.UTF8.GetBytes(target.EndsWith("docs.tsv", StringComparison.Ordinal) ? Documents : Queries);

    /// <summary>A catalogue of this server's files.</summary>
    /// <param name="index">The family's index as JSON, with its comma; empty without one.</param>
    /// <param name="documents">More keys of the documents' file.</param>
    internal DataCatalogue Catalogue(string index = "", string documents = "")
    {
        var md5 = DownloadBench.Md5Of(FileOf("docs.tsv")).Hex;
        var keys = documents.Length > 0 ? documents : $"\"url\": \"{Server.Url("docs.tsv")}\", \"md5\": \"{md5}\"";
        var path = _folder.Write("mine.json", $$"""
            {"family": "mine", "title": "Mine", "homepage": "https://example.org/", "licence": "CC0", "citation": "Me", {{index}}
             "entries": [{"name": "mine/set", "title": "Mine", "folders": ["elsewhere"], "files": [
               {"path": "docs.tsv", {{keys}}}, {"path": "sub/queries.jl", "url": "{{Server.Url("queries.jl")}}"}]}]}
            """);
        return DataCatalogue.BuiltIn().With(path);
    }

    internal DataStore NewStore()
    {
        var options = new DownloadOptions { StallTime = TimeSpan.FromSeconds(77), Attempts = 2 };
        var time = new QuickTime(options.StallTime);
        return new DataStore(Places, new Downloader(_client, options, time, this), time, this);
    }

    internal Task<FetchedEntry> GetAsync(string? output = null, bool force = false) => NewStore().GetAsync(Entry, output, force, TestContext.Current.CancellationToken);

    public void Say(string line)
    {
        _said.Enqueue(line);
        OnSaid?.Invoke(line);
    }

    public void Advance(DownloadProgress progress)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
