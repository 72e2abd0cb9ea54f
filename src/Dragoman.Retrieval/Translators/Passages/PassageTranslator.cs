using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Translators.Passages;

/// <summary>Translates the passages of a collection into one language, or queries, batch by batch. Ids stay, so that judgements stay valid. Not thread-safe.</summary>
public sealed class PassageTranslator
{
    private readonly ITranslator _translator;
    private readonly PassageTranslatorOptions _options;
    private readonly IAnalyzer? _terms;

    /// <summary>Creates a translator of passages.</summary>
    /// <param name="translator">Translates; the caller owns it. It must be safe for several threads where <see cref="PassageTranslatorOptions.Parallel"/> is more than 1.</param>
    /// <param name="options">Languages and batches.</param>
    /// <exception cref="ConfigurationException">An option is out of range, or the analyzer of the translator's terms is not to be had.</exception>
    public PassageTranslator(ITranslator translator, PassageTranslatorOptions options)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Translation", problems);
        (_translator, _options) = (translator, options);
        // Where translations are terms, what is not translated becomes terms too: the passages of a collection must be of one kind.
        _terms = translator.TermsOf is { } identity ? Analyzers.Named(identity) : null;
    }

    /// <summary>Called for every passage that could not be translated and stays as it was: its id, and why, in words that follow the id.</summary>
    /// <value>Null by default.</value>
    public Action<string, string>? OnFailure { get; init; }

    /// <summary>Whether passages in a language are to be translated.</summary>
    /// <param name="language">A BCP 47 tag.</param>
    public bool Wants(string language) => language != _options.To && (_options.From?.Contains(language) ?? true);

    /// <summary>Refuses languages that are wanted and that the translator does not translate from.</summary>
    /// <param name="languages">Language to number of passages.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DragomanException">There is nothing to translate, or the translator cannot translate from one of them; the message says what to do.</exception>
    public async Task RequireAsync(IEnumerable<KeyValuePair<string, int>> languages, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        var wanted = languages.Where(language => Wants(language.Key)).ToList();
        foreach (var (language, count) in wanted)
        {
            if (language == LanguageShape.Unknown) problems.Add(FormattableString.Invariant($"{count} texts have no language, so that they cannot be translated; name the languages to translate from, or set theirs."));
            else if (!await _translator.SupportsAsync(language, _options.To, cancellationToken).ConfigureAwait(false)) problems.Add(FormattableString.Invariant($"there is no translation from {language} ({count} texts) to {_options.To} by {_translator.Identity}; name the languages to translate from, and the others stay as they are."));
        }
        if (wanted.Count == 0) problems.Add($"there is nothing to translate into {_options.To}; look at the languages of the texts.");
        if (problems.Count > 0) throw new ConfigurationException("Translation", problems);
    }

    /// <summary>Translates passages.</summary>
    /// <param name="passages">The passages; read as the translations are taken.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The passages in their order. A translated one has a mark and the language translated into; one that is not wanted or could not be translated has none, and its own language.</returns>
    /// <exception cref="TranslationException">When enumerated: the translator fails as a whole.</exception>
    public IEnumerable<(Passage Passage, MachineTranslation? Mark)> Translate(IEnumerable<Passage> passages, CancellationToken cancellationToken = default)
    {
        var running = new Queue<Task<(Passage Passage, MachineTranslation? Mark, string? Problem)[]>>();
        foreach (var batch in passages.Chunk(_options.Batch))
        {
            running.Enqueue(Task.Run(() => TranslateAsync(batch, cancellationToken), cancellationToken));
            if (running.Count < _options.Parallel) continue;
            foreach (var passage in Taken(running.Dequeue())) yield return passage;
        }
        while (running.TryDequeue(out var last))
            foreach (var passage in Taken(last)) yield return passage;
    }

    private IEnumerable<(Passage, MachineTranslation?)> Taken(Task<(Passage Passage, MachineTranslation? Mark, string? Problem)[]> batch)
    {
        foreach (var (passage, mark, problem) in batch.GetAwaiter().GetResult())
        {
            if (problem is not null) OnFailure?.Invoke(passage.Id, problem);
            yield return (passage, mark);
        }
    }

    private async Task<(Passage Passage, MachineTranslation? Mark, string? Problem)[]> TranslateAsync(Passage[] batch, CancellationToken cancellationToken)
    {
        var done = Array.ConvertAll(batch, passage => (Passage: Kept(passage), Mark: (MachineTranslation?)null, Problem: (string?)null));
        foreach (var group in Enumerable.Range(0, batch.Length).Where(place => Wants(batch[place].Language)).GroupBy(place => batch[place].Language, StringComparer.Ordinal))
        {
            var parts = group.SelectMany(place => new[] { (Place: place, IsTitle: true, Text: batch[place].Title), (Place: place, IsTitle: false, Text: batch[place].Text) }).Where(part => !string.IsNullOrWhiteSpace(part.Text)).ToArray();
            if (parts.Length == 0) continue;
            var translated = await _translator.TranslateAsync([.. parts.Select(part => part.Text)], group.Key, _options.To, cancellationToken).ConfigureAwait(false);
            foreach (var passage in parts.Index().GroupBy(part => part.Item.Place))
                done[passage.Key] = Joined(batch[passage.Key], [.. passage.Select(part => (part.Item.IsTitle, translated[part.Index]))]);
        }
        return done;
    }

    /// <summary>A passage with its translated parts; as it was where one of them failed, as half a translation would be in two languages.</summary>
    private (Passage, MachineTranslation?, string?) Joined(Passage passage, (bool IsTitle, TranslatedText Translation)[] parts)
    {
        foreach (var (isTitle, translation) in parts)
            if (translation.Problem is { } problem) return (Kept(passage), null, isTitle ? $"has a title that {problem}" : problem);
        var translated = new Passage(passage.Id, Part(true), Part(false), _options.To);
        return (translated, new MachineTranslation(passage.Language, _translator.Identity), null);

        string Part(bool isTitle) => parts.Where(part => part.IsTitle == isTitle).Select(part => part.Translation.Text).FirstOrDefault("");
    }

    private Passage Kept(Passage passage) => _terms is null ? passage : passage with { Title = TermsOf(passage.Title, passage.Language), Text = TermsOf(passage.Text, passage.Language) };

    private string TermsOf(string text, string language)
    {
        var terms = new List<string>();
        _terms!.Analyze(text, language, terms);
        return string.Join(' ', terms);
    }
}
