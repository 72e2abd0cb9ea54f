using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Cli.Searching;

/// <summary>What PSQ-HMM's weights depend on beside the tables: the same options where weights are put into an index and where passages are ranked.</summary>
internal sealed class PsqModelOptions
{
    private readonly Option<double?> _identity, _transliteration, _backOff, _background, _leastProbability, _cumulative;
    private readonly Option<int?> _mostTranslations;

    /// <summary>Creates the options.</summary>
    /// <param name="otherwise">What holds where an option is not given, for the help: <c>; those of the index's weights, or else</c>.</param>
    internal PsqModelOptions(string otherwise)
    {
        var (options, cut) = (new PsqOptions(), PsqOptions.DefaultCut);
        _identity = new("--psq-identity") { Description = FormattableString.Invariant($"Least probability that a term stands for itself in the other language{otherwise} {options.Identity}."), HelpName = "P" };
        _transliteration = new("--psq-transliteration") { Description = FormattableString.Invariant($"Least probability that terms of two languages that sound alike stand for each other (names in another script), 0 for none{otherwise} {options.Transliteration}."), HelpName = "P" };
        _backOff = new("--psq-back-off") { Description = FormattableString.Invariant($"How much a passage term that no table knows is taken for known terms that begin alike (PSQ-HMM), 0 for none{otherwise} {options.BackOff}."), HelpName = "P" };
        _background = new("--psq-background") { Description = FormattableString.Invariant($"Weight of the query language at large in PSQ-HMM{otherwise} {options.Background}."), HelpName = "A" };
        _leastProbability = new("--psq-min-probability") { Description = FormattableString.Invariant($"Translations of this probability or less are left out{otherwise} {cut.MinProbability:0.0000}."), HelpName = "P" };
        _mostTranslations = new("--psq-max-translations") { Description = FormattableString.Invariant($"Translations of a term that are used, the most probable ones{otherwise} {cut.MaxAlternatives}."), HelpName = "N" };
        _cumulative = new("--psq-cumulative") { Description = $"Translations of a term are used until their probabilities pass this, the one that passes it included{otherwise} no limit.", HelpName = "P" };
        WholeNumber.RequirePositive(_mostTranslations);
    }

    internal Option[] All => [_identity, _transliteration, _backOff, _background, _leastProbability, _mostTranslations, _cumulative];

    /// <summary>The first of the options that was given; null when none was.</summary>
    internal Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The model asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="stored">What the weights of the index were made with, which holds for what is not given; null without weights.</param>
    internal PsqOptions Options(ParseResult parsed, TermWeightSettings? stored = null)
    {
        var otherwise = stored is null ? new PsqOptions() : PsqOptions.Of(stored);
        return otherwise with
        {
            Identity = parsed.GetValue(_identity) ?? otherwise.Identity,
            Transliteration = parsed.GetValue(_transliteration) ?? otherwise.Transliteration,
            BackOff = parsed.GetValue(_backOff) ?? otherwise.BackOff,
            Background = parsed.GetValue(_background) ?? otherwise.Background,
        };
    }

    /// <summary>The translations asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="stored">What the weights of the index were made with, which holds for what is not given; null without weights.</param>
    internal TranslationCut Cut(ParseResult parsed, TermWeightSettings? stored = null)
    {
        var otherwise = stored?.Cut ?? PsqOptions.DefaultCut;
        return otherwise with
        {
            MinProbability = parsed.GetValue(_leastProbability) ?? otherwise.MinProbability,
            MaxAlternatives = parsed.GetValue(_mostTranslations) ?? otherwise.MaxAlternatives,
            CumulativeProbability = parsed.GetValue(_cumulative) ?? otherwise.CumulativeProbability,
        };
    }
}
