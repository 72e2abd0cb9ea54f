using Dragoman.Collections;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Analysis;
using Microsoft.AspNetCore.Builder;

namespace Dragoman.Server.Tests;

/// <summary>The service on a free loopback port, over a small index of five passages in four languages.</summary>
public sealed class TestService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PublishedEngine? _engines;
    private WebApplication? _application;

    internal string IndexPath => _folder["index"];

    /// <summary>Adds a passage to the index and publishes it.</summary>
    internal void Add(Passage passage)
    {
        using var encoder = new LetterEncoder();
        using var writer = IndexWriter.Open(IndexPath, new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder });
        writer.Add([passage]);
        writer.Publish("add");
    }

    /// <summary>Asks the service.</summary>
    public HttpClient Client { get; } = new();

    private static readonly Passage[] Passages =
    [
        new("kk1", "Жібек жолы", "Керуендер таулар арқылы өтті", "kk"),
        new("ru1", "", "караван прошёл через горы", "ru"),
        new("ug1", "يىپەك يولى", "كارۋان Samarkand دىن ئۆتتى", "ug"),
        new("en1", "<img src=x onerror=alert(1)>", "a caravan & <script>alert('x')</script> crossed Samarkand", "en"),
        new("en2", "", "no road at all", "en"),
    ];

    public async ValueTask InitializeAsync()
    {
        var path = _folder["index"];
        using (var encoder = new LetterEncoder()) IndexBuilder.Build(Passages, path, new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder });
        _engines = new PublishedEngine(path, index => new SearchEngine(index, new SpaceAnalyzer(), new LetterEncoder()));
        _application = SearchServer.Build(_engines, new ServerOptions { Urls = ["http://127.0.0.1:0"], RefreshInterval = TimeSpan.FromMilliseconds(10) });
        await _application.StartAsync();
        Client.BaseAddress = new Uri(_application.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        _engines?.Dispose();
        _folder.Dispose();
    }

    internal sealed class SpaceAnalyzer : IAnalyzer
    {
        public string Identity => "space-v1";

        public void Analyze(string text, string language, ICollection<string> terms)
        {
            foreach (var term in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) terms.Add(term);
        }
    }

    /// <summary>Counts letters by their code modulo the dimension, normalised.</summary>
    internal sealed class LetterEncoder : ITextEncoder
    {
        public string Identity => "letters-v1";

        public int Dimension => 32;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
        {
            for (var text = 0; text < texts.Count; text++)
            {
                var row = vectors.Slice(text * Dimension, Dimension);
                row.Clear();
                foreach (var letter in texts[text]) row[letter % Dimension]++;
                var norm = 0f;
                foreach (var number in row) norm += number * number;
                for (var column = 0; norm > 0 && column < Dimension; column++) row[column] /= MathF.Sqrt(norm);
            }
        }

        public void Dispose()
        {
        }
    }
}
