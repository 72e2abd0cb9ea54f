using System.Text.Json.Nodes;
using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification.Building;
using Dragoman.Training.Configuration;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>Reads the configuration of <c>task: language-identifier</c>.</summary>
internal static class LanguageIdentifierConfiguration
{
    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var (root, model) = (file.Root, file.Root.Section("model"));
        var defaults = new LanguageIdentifierOptions();
        var options = new LanguageIdentifierOptions
        {
            Order = model.WholeNumber("order", defaults.Order),
            EastAsianOrder = model.WholeNumber("east_asian_order", defaults.EastAsianOrder),
            Ngrams = model.WholeNumber("ngrams", defaults.Ngrams),
            Noise = model.Number("noise", defaults.Noise),
            RareScriptPrior = model.Number("rare_script_prior", defaults.RareScriptPrior),
            UnknownPrior = model.Number("unknown_prior", defaults.UnknownPrior),
        };
        foreach (var problem in options.Problems()) root.Problem("model", problem);
        var (name, seed) = (root.Text("name"), root.WholeNumber("seed", 1, least: 0, most: int.MaxValue - 1));
        var sources = root.Sections("sources").Select(Source).ToList();
        if (sources.Count == 0) root.Problem("sources", "is empty; list at least one file of texts with their languages.");
        var heldOut = root.OptionalFilePath("held_out_texts", mustExist: false);
        root.Effective.Remove("held_out_texts");                      // where a copy goes does not define the model
        return new LanguageIdentifierJob(new LanguageIdentifierRun(name, seed, options, sources, heldOut), root.Effective);
    }

    private static LanguageSource Source(ConfigurationSection section)
    {
        var format = section.Choice("format", "parallel", ("parallel", LanguageSourceFormat.Parallel), ("cedict", LanguageSourceFormat.Cedict), ("sentences", LanguageSourceFormat.Sentences));
        var language = format == LanguageSourceFormat.Sentences ? section.Text("language") : "";
        if (language.Length > 0 && !LanguageTag.TryParse(language, out _, out var problem)) section.Problem("language", $"cannot be used: {problem}");
        var (from, oneIn) = (section.WholeNumber("hold_out_from", -1, least: -1), section.WholeNumber("hold_out_one_in", 0, least: 0));
        return new LanguageSource(section.FilePath("path"), format, language, from < 0 ? null : from, oneIn == 0 ? null : oneIn, section.WholeNumber("characters", 1_500_000, least: 1000));
    }
}

/// <summary>Everything that defines a run.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Seed">Seed of the places where texts are cut.</param>
/// <param name="Options">How the model is made.</param>
/// <param name="Sources">The texts.</param>
/// <param name="HeldOutTexts">Where to write the texts that were measured with, to measure others on them; null for nowhere.</param>
internal sealed record LanguageIdentifierRun(string Name, int Seed, LanguageIdentifierOptions Options, IReadOnlyList<LanguageSource> Sources, string? HeldOutTexts);
