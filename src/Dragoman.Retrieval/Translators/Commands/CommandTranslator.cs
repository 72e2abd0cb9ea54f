using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Translators.Commands;

/// <summary>
/// Translates by a program of the user's: it gets texts on its standard input, one a line, UTF-8, and gives their translations on its standard output, one a line, in the same order. It is started once for
/// each batch. A text of several lines is given as several, and put together again. Thread-safe.
/// </summary>
public sealed class CommandTranslator : ITranslator
{
    private readonly CommandLineTemplate _line;
    private readonly CommandTranslatorOptions _options;

    /// <summary>Creates a translator; the program is not started yet.</summary>
    /// <param name="line">How to start the program.</param>
    /// <param name="options">How patient to be; null for the defaults.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public CommandTranslator(CommandLineTemplate line, CommandTranslatorOptions? options = null)
    {
        _options = options ?? new CommandTranslatorOptions();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Translation", problems);
        _line = line;
        Identity = $"command {line.Line}" + string.Concat(line.Words.Where(File.Exists).Select(path => $", {Path.GetFileName(path)} {Fingerprint.OfFile(path)}"));
    }

    /// <inheritdoc/>
    public string Name => "command";

    /// <summary>The command line, with fingerprints of the files that it names by their path. What the program reads beyond these, such as its models, is not known here.</summary>
    public string Identity { get; }

    /// <inheritdoc/>
    public string? TermsOf => null;

    /// <summary>Always true: only the program knows.</summary>
    /// <inheritdoc/>
    public Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) => Task.FromResult(true);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        var lines = texts.Select(LinesOf).ToArray();
        var asked = lines.SelectMany(own => own).Where(line => line.Length > 0).ToArray();
        if (asked.Length == 0) return [.. texts.Select(_ => TranslatedText.Failed("has no text"))];
        var (program, arguments) = _line.For(from, to);
        var given = await new TranslationProcess(program, arguments, _options.Timeout).RunAsync(asked, cancellationToken).ConfigureAwait(false);
        var next = 0;
        var translated = new TranslatedText[texts.Count];
        for (var text = 0; text < texts.Count; text++)
        {
            var translation = string.Join('\n', lines[text].Select(line => line.Length == 0 ? "" : given[next++].Trim()));
            translated[text] = string.IsNullOrWhiteSpace(translation) ? TranslatedText.Failed("came back empty") : TranslatedText.Whole(texts[text], translation);
        }
        return translated;
    }

    /// <summary>Does nothing: no program is left running between batches.</summary>
    public void Dispose()
    {
    }

    // Whatever some program might take for the end of a line must not shift the lines behind it.
    private static string[] LinesOf(string text) =>
        [.. text.ReplaceLineEndings("\n").Split(['\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029']).Select(line => line.Replace('\0', ' ').Trim())];
}
