using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Downloads;

namespace Dragoman.Retrieval.Translators.Services;

/// <summary>Sends requests to a service in LibreTranslate's form, and tries again where that may help. Thread-safe.</summary>
/// <param name="client">Sends the requests; not disposed here.</param>
/// <param name="address">The service, without user and password.</param>
/// <param name="options">How patient to be.</param>
/// <param name="time">Clock of pauses and time-outs.</param>
/// <param name="say">Hears of retries; null for none.</param>
internal sealed class LibreTranslateClient(HttpClient client, Uri address, LibreTranslateOptions options, TimeProvider time, Action<string>? say)
{
    private const int MostShown = 120, ConnectAttempts = 3;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A client that follows no redirects, as they would turn a question into a fetch or carry the key elsewhere; proxies are the environment's.</summary>
    internal static HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(30) };
        var client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"dragoman/{typeof(LibreTranslateClient).Assembly.GetName().Version?.ToString(3)}");
        return client;
    }

    /// <summary>Asks and returns the JSON of the answer.</summary>
    /// <param name="path">Path below the service: <c>translate</c>.</param>
    /// <param name="body">What to send; null to fetch.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Status and content; the status is 200, or 400, 404 or 413, for the caller to judge.</returns>
    /// <exception cref="TranslationException">The service cannot be reached, refuses, or answers no JSON.</exception>
    internal async Task<ServiceAnswer> AskAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var pause = new RetryPause(options.FirstPause, options.LongestPause, time);
        for (int failures = 1, unreached = 0; ; failures++)
        {
            var attempt = await TryAsync(path, body, pause, cancellationToken).ConfigureAwait(false);
            if (attempt.Answer is { } answer) return answer;
            unreached = attempt.Unreached ? unreached + 1 : 0;
            if (failures >= options.Attempts || unreached >= ConnectAttempts)
                throw Failure(string.Create(CultureInfo.InvariantCulture, $"{attempt.Problem} ({failures} {(failures == 1 ? "attempt" : "attempts")}); try again later: what was translated so far is kept where a cache is used."), attempt.Cause);
            if (attempt.RetryAfter > options.LongestRetryAfter)
                throw Failure(string.Create(CultureInfo.InvariantCulture, $"{attempt.Problem} and asks to come back in {attempt.RetryAfter!.Value.TotalMinutes:0} minutes; try again then."), attempt.Cause);
            var wait = pause.Before(failures, attempt.RetryAfter);
            say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{address} {attempt.Problem}; trying again in {wait.TotalSeconds:0.#} s."));
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The failure of the service, as a sentence.</summary>
    internal TranslationException Failure(string problem, Exception? cause = null) => new($"The service {address}", problem, cause);

    private async Task<Attempt> TryAsync(string path, JsonObject? body, RetryPause pause, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, path));
            if (body is not null) message.Content = new StringContent(body.ToJsonString(Relaxed), Encoding.UTF8, "application/json"); // with its length: not every server takes chunks
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await TakeAsync(response, pause, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(string.Create(CultureInfo.InvariantCulture, $"did not answer within {options.Timeout.TotalSeconds:0.#} seconds"));
        }
        catch (HttpRequestException failure)
        {
            return new Attempt(ConnectionProblem.Describe(failure)) { Unreached = ConnectionProblem.IsUnreached(failure), Cause = failure };
        }
        catch (HttpIOException failure)
        {
            return new Attempt("ended the connection early") { Cause = failure };
        }
        catch (IOException failure)
        {
            return new Attempt($"could not be read on ({failure.Message.TrimEnd('.')})") { Cause = failure };
        }
    }

    private async Task<Attempt> TakeAsync(HttpResponseMessage response, RetryPause pause, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var json = ParseOrNull(text);
        var said = json is JsonObject told && told["error"] is JsonValue error && error.TryGetValue(out string? words) ? $" saying \"{Shown(words)}\"" : "";
        var answered = $"answered {status} ({response.ReasonPhrase}){said}";
        if (status is 408 or 429 or 500 or 502 or 503 or 504) return new Attempt(answered) { RetryAfter = pause.Asked(response.Headers.RetryAfter) };
        if (status is 200 or 400 or 413 && json is not null) return new Attempt("") { Answer = new ServiceAnswer(status, json, said) };
        if (status is 404 or 413) return new Attempt("") { Answer = new ServiceAnswer(status, json ?? new JsonObject(), said) };
        throw Failure(status switch
        {
            200 => $"answered what is not JSON, beginning \"{Shown(text)}\"; is it a service in LibreTranslate's form, and no page of a log-in or of a proxy?",
            401 or 403 => $"{answered}; it wants an API key (in the environment variable LIBRETRANSLATE_API_KEY), or does not allow this.",
            407 => $"{answered}; the proxy wants a user and password: give them in HTTPS_PROXY as http://user:password@host:port.",
            >= 300 and < 400 => $"{answered}, which points to {response.Headers.Location}; name that address instead.",
            _ => $"{answered}.",
        });
    }

    private static JsonNode? ParseOrNull(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // told by the caller, who knows what was asked
        }
    }

    private static string Shown(string text) => Pipelines.Snippet.OneLine(text) is var line && line.Length <= MostShown ? line : line[..MostShown] + "…";

    private sealed record Attempt(string Problem)
    {
        internal ServiceAnswer? Answer { get; init; }

        internal TimeSpan? RetryAfter { get; init; }

        internal bool Unreached { get; init; }

        internal Exception? Cause { get; init; }
    }
}

/// <summary>An answer of a service.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The content.</param>
/// <param name="Said">What it says went wrong: <c> saying "…"</c>, or nothing.</param>
internal sealed record ServiceAnswer(int Status, JsonNode Json, string Said);
