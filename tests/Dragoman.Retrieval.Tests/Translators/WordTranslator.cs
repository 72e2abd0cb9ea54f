using Dragoman.Retrieval.Translators;

namespace Dragoman.Retrieval.Tests.Translators;

/// <summary>Translates texts whole, by a list of words; counts the texts it was asked for.</summary>
internal sealed class WordTranslator(Dictionary<string, string> words, string? termsOf = null, params string[] languages) : ITranslator
{
    internal List<string> Asked { get; } = [];

    public string Name => "words";

    public string Identity => "words-v1";

    public string? TermsOf => termsOf;

    public Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) => Task.FromResult(languages.Length == 0 || languages.Contains(to));

    public Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        Asked.AddRange(texts);
        return Task.FromResult<IReadOnlyList<TranslatedText>>([.. texts.Select(text => Translate(text, to))]);
    }

    public void Dispose()
    {
    }

    private TranslatedText Translate(string text, string to)
    {
        var translation = string.Join(' ', text.Split(' ').Select(word => words.GetValueOrDefault($"{to}:{word}", words.GetValueOrDefault(word, word))));
        return translation.Trim().Length == 0 ? TranslatedText.Failed("came back empty") : TranslatedText.Whole(text, translation);
    }
}
