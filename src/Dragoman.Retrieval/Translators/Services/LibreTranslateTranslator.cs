using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Translators.Services;

/// <summary>
/// Translates by an HTTP service in LibreTranslate's form: <c>POST /translate</c> with <c>q</c>, <c>source</c>, <c>target</c>, <c>format</c> and <c>api_key</c>, and <c>GET /languages</c>. Thread-safe.
/// </summary>
public sealed class LibreTranslateTranslator : ITranslator
{
    private readonly HttpClient _http;
    private readonly LibreTranslateClient _client;
    private readonly LibreTranslateOptions _options;
    private readonly SemaphoreSlim _once = new(1, 1);
    private ServiceLanguages? _languages;
    private volatile int _characters;

    /// <summary>Creates a translator; the service is not asked yet.</summary>
    /// <param name="address">The service, http or https; a path below which it lies may follow.</param>
    /// <param name="options">How to use it; null for the defaults.</param>
    /// <param name="time">Clock of pauses and time-outs; null for the system's.</param>
    /// <param name="say">Hears of retries; null for none.</param>
    /// <exception cref="ConfigurationException">The address is none of a service, or an option is out of range.</exception>
    public LibreTranslateTranslator(string address, LibreTranslateOptions? options = null, TimeProvider? time = null, Action<string>? say = null)
    {
        _options = options ?? new LibreTranslateOptions();
        var problems = _options.Problems().ToList();
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) problems.Add($"'{address}' is no address of a service; use one such as http://localhost:5000.");
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0) problems.Add($"the address of {uri.Host} holds a user, a password or a query; give a key in the environment variable LIBRETRANSLATE_API_KEY.");
        if (problems.Count > 0) throw new ConfigurationException("Translation", problems);
        var root = uri!.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
        Identity = $"libretranslate {root}";
        _characters = _options.BatchCharacters;
        _http = LibreTranslateClient.CreateClient();
        _client = new LibreTranslateClient(_http, root, _options, time ?? TimeProvider.System, say);
    }

    /// <inheritdoc/>
    public string Name => "libretranslate";

    /// <summary>The address. Which models the service has is not known here.</summary>
    public string Identity { get; }

    /// <inheritdoc/>
    public string? TermsOf => null;

    /// <inheritdoc/>
    /// <exception cref="TranslationException">The service cannot be asked.</exception>
    public async Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) =>
        (await LanguagesAsync(cancellationToken).ConfigureAwait(false)).Codes(from, to) is not null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        var languages = await LanguagesAsync(cancellationToken).ConfigureAwait(false);
        var codes = languages.Codes(from, to) ?? throw _client.Failure($"does not translate from {from} to {to}; it has {languages}.");
        var translated = new TranslatedText[texts.Count];
        var waiting = new List<int>();
        for (var text = 0; text < texts.Count; text++)
        {
            // An empty text would be refused with all that stand beside it.
            if (string.IsNullOrWhiteSpace(texts[text])) translated[text] = TranslatedText.Failed("has no text");
            else waiting.Add(text);
        }
        for (var done = 0; done < waiting.Count;)
        {
            var batch = waiting.GetRange(done, BatchAt(waiting, done, texts));
            done += await TranslateAsync(batch, texts, translated, codes, cancellationToken).ConfigureAwait(false);
        }
        return translated;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _once.Dispose();
    }

    /// <summary>Translates a batch, or its first part where the server takes no more at once.</summary>
    /// <returns>How many texts are done.</returns>
    private async Task<int> TranslateAsync(List<int> batch, IReadOnlyList<string> texts, TranslatedText[] translated, (string From, string To) codes, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["q"] = new JsonArray([.. batch.Select(text => (JsonNode)texts[text])]), ["source"] = codes.From, ["target"] = codes.To, ["format"] = "text" };
        if (_options.ApiKey.Length > 0) body["api_key"] = _options.ApiKey;
        var answer = await _client.AskAsync("translate", body, cancellationToken).ConfigureAwait(false);
        if (answer.Status is 413 || (answer.Status == 400 && answer.Said.Contains("limit", StringComparison.OrdinalIgnoreCase)))
        {
            if (batch.Count > 1) return await ShortenAsync(batch, texts, translated, codes, cancellationToken).ConfigureAwait(false);
            translated[batch[0]] = TranslatedText.Failed(string.Create(CultureInfo.InvariantCulture, $"is longer than the service takes ({texts[batch[0]].Length:N0} characters)"));
            return 1;
        }
        if (answer.Status != 200) throw _client.Failure($"answered {answer.Status}{answer.Said}; is it a service in LibreTranslate's form, and does it want an API key (in the environment variable LIBRETRANSLATE_API_KEY)?");
        var given = (answer.Json as JsonObject)?["translatedText"] as JsonArray ?? throw _client.Failure("answered without a list of translations (\"translatedText\"); is it a service in LibreTranslate's form, of a version that takes several texts?");
        if (given.Count != batch.Count) throw _client.Failure(string.Create(CultureInfo.InvariantCulture, $"gave {given.Count} translations for {batch.Count} texts; nothing of it was kept."));
        foreach (var (at, text) in batch.Index())
        {
            var translation = given[at] is JsonValue value && value.TryGetValue(out string? words) ? words : throw _client.Failure("gave a translation that is no text.");
            translated[text] = string.IsNullOrWhiteSpace(translation) ? TranslatedText.Failed("came back empty") : TranslatedText.Whole(texts[text], translation);
        }
        return batch.Count;
    }

    private async Task<int> ShortenAsync(List<int> batch, IReadOnlyList<string> texts, TranslatedText[] translated, (string From, string To) codes, CancellationToken cancellationToken)
    {
        var first = batch.GetRange(0, batch.Count / 2);
        _characters = Math.Max(1, Math.Min(_characters, batch.Sum(text => texts[text].Length)) / 2); // what was too much now will be again
        return await TranslateAsync(first, texts, translated, codes, cancellationToken).ConfigureAwait(false);
    }

    private int BatchAt(List<int> waiting, int start, IReadOnlyList<string> texts)
    {
        var (count, characters) = (0, 0);
        while (start + count < waiting.Count && count < _options.BatchTexts)
        {
            characters += texts[waiting[start + count]].Length;
            if (count > 0 && characters > _characters) break;
            count++;
        }
        return count;
    }

    private async Task<ServiceLanguages> LanguagesAsync(CancellationToken cancellationToken)
    {
        if (_languages is { } known) return known;
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_languages is { } found) return found;
            var answer = await _client.AskAsync("languages", null, cancellationToken).ConfigureAwait(false);
            // A service that has no list is asked for what it is asked for.
            return _languages = answer.Status == 404 ? ServiceLanguages.Unlisted : ServiceLanguages.Read(answer) ?? throw _client.Failure("gave no list of languages at /languages; is it a service in LibreTranslate's form?");
        }
        finally
        {
            _once.Release();
        }
    }
}
