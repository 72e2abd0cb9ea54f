using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Retrieval.Pipelines;
using Microsoft.Extensions.Logging;

namespace Dragoman.Server.Tests;

public sealed class PublicationWatchTests : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TestService _service = new();

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Serve_PassageIsPublished_RequestsFindItWithoutARestart()
    {
        (await Results("unheard")).ShouldBeEmpty();

        _service.Add(new Passage("new1", "", "an unheard word", "en"));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while ((long)(await Get("/api/index"))["generation"]! < 2) limit.Token.ThrowIfCancellationRequested();
        (await Results("unheard")).ShouldBe(["new1"]);
        ((int)(await Get("/api/index"))["passages"]!).ShouldBe(6);
    }

    [Fact]
    public async Task Look_WhatIsPublishedCannotBeOpened_IsToldOnceAndAnswersGoOn()
    {
        using var folder = new TemporaryFolder();
        var log = new ListLogger();
        using var engines = new PublishedEngine(_service.IndexPath, index => new SearchEngine(index, new TestService.SpaceAnalyzer(), new TestService.LetterEncoder()));
        using var watch = new PublicationWatch(engines, new ServerOptions(), TimeProvider.System, log);
        Directory.Move(_service.IndexPath, folder["moved"]);

        watch.Look();
        watch.Look();
        Directory.Move(folder["moved"], _service.IndexPath);
        watch.Look();
        _service.Add(new Passage("new2", "", "another", "en"));
        watch.Look();

        log.Lines.Count.ShouldBe(2);
        log.Lines[0].ShouldStartWith("The index has changed and cannot be opened; answers come from the generation before.");
        log.Lines[0].ShouldContain("does not exist");
        log.Lines[1].ShouldBe("Answering from generation 2 of the index now; passages: 6.");
        (await Results("Samarkand")).Count.ShouldBe(2);
    }

    private async Task<List<string>> Results(string query) => [.. (await Get($"/api/search?method=bm25&q={query}"))["results"]!.AsArray().Select(result => (string)result!["id"]!)];

    private async Task<JsonObject> Get(string path) => JsonNode.Parse(await _service.Client.GetStringAsync(path, Token))!.AsObject();

    private sealed class ListLogger : ILogger<PublicationWatch>
    {
        internal List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
