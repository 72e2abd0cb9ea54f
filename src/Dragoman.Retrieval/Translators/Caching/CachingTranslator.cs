namespace Dragoman.Retrieval.Translators.Caching;

/// <summary>
/// Asks another translator only for what was never asked before. Translations come as whole texts, without their pieces. What could not be translated is not kept, so that it is asked for again. Thread-safe.
/// </summary>
/// <param name="translator">Translates; this object owns it from here on.</param>
/// <param name="cache">Keeps translations; this object owns it from here on.</param>
public sealed class CachingTranslator(ITranslator translator, TranslationCache cache) : ITranslator
{
    private long _asked, _kept;

    /// <inheritdoc/>
    public string Name => translator.Name;

    /// <inheritdoc/>
    public string Identity => translator.Identity;

    /// <inheritdoc/>
    public string? TermsOf => translator.TermsOf;

    /// <summary>Texts that the translator was asked for so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Texts that came out of the cache so far.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <inheritdoc/>
    public Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) => translator.SupportsAsync(from, to, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The cache cannot be read or written.</exception>
    public async Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        var kept = cache.Find(Identity, from, to, texts);
        var missing = texts.Where((_, text) => kept[text] is null).Distinct(StringComparer.Ordinal).ToArray();
        var made = new Dictionary<string, TranslatedText>(StringComparer.Ordinal);
        if (missing.Length > 0)
        {
            var translated = await translator.TranslateAsync(missing, from, to, cancellationToken).ConfigureAwait(false);
            for (var text = 0; text < missing.Length; text++) made[missing[text]] = translated[text];
            cache.Add(Identity, from, to, made.Where(entry => entry.Value.Problem is null).Select(entry => (entry.Key, entry.Value.Text)));
        }
        Interlocked.Add(ref _asked, missing.Length);
        Interlocked.Add(ref _kept, texts.Count - missing.Length);
        return [.. texts.Select((text, place) => kept[place] is { } translation ? TranslatedText.Whole(text, translation) : made[text])];
    }

    /// <summary>Closes the cache and the translator.</summary>
    public void Dispose()
    {
        cache.Dispose();
        translator.Dispose();
    }
}
