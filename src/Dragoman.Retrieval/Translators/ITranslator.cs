using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Translators;

/// <summary>
/// Translates texts: a translation table, a bilingual dictionary, a program or a service. One interface for queries and for whole collections, so that both ways of crossing languages can be compared
/// with the same translations. Thread-safe.
/// </summary>
public interface ITranslator : IDisposable
{
    /// <summary>Kind of the translator in a word, as names of methods show it: <c>table</c>, <c>dictionary</c>, <c>command</c>, <c>libretranslate</c>.</summary>
    string Name { get; }

    /// <summary>What translates, so that two translators of one identity give the same translations: kind, data and options. It holds no secret.</summary>
    string Identity { get; }

    /// <summary>
    /// Identity of the analyzer whose terms the translations are; null where they are text to read and to analyse. Terms must be matched as they are: analysing them again would stem stems.
    /// </summary>
    string? TermsOf { get; }

    /// <summary>Whether it translates between two languages.</summary>
    /// <param name="from">Language of the texts, a BCP 47 tag.</param>
    /// <param name="to">Language of the translations, a BCP 47 tag.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DragomanException">It cannot be told.</exception>
    Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default);

    /// <summary>Translates texts.</summary>
    /// <param name="texts">The texts; may hold line ends and be empty.</param>
    /// <param name="from">Their language.</param>
    /// <param name="to">The language wanted; see <see cref="SupportsAsync"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A translation for every text, in their order.</returns>
    /// <exception cref="TranslationException">The translator fails as a whole: it cannot be reached or started, or gives what is no answer.</exception>
    Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default);
}
