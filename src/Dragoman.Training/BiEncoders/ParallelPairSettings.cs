using Dragoman.Training.Configuration;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.BiEncoders;

/// <summary>How translation pairs are drawn from parallel text, as the section <c>data.parallel</c> gives it.</summary>
internal sealed record ParallelPairSettings
{
    /// <summary>The files.</summary>
    internal required IReadOnlyList<ParallelSource> Sources { get; init; }

    /// <summary>Languages that are used; empty for all.</summary>
    internal IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Pairs of an epoch.</summary>
    internal required int Pairs { get; init; }

    /// <summary>Exponent s of the languages' weights count^-s when two texts of a row are drawn: 0 draws them alike, 1 in inverse proportion to their frequency.</summary>
    internal double LanguageSmoothing { get; init; } = 0.5;

    /// <summary>Share of pairs whose second text is joined by one to three texts that follow it in a running source, so that it reads like a passage.</summary>
    internal double PassageShare { get; init; }

    /// <summary>Pairs of languages whose held-out rows are searched after each epoch.</summary>
    internal IReadOnlyList<(string From, string To)> DevPairs { get; init; } = [];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    internal static ParallelPairSettings Read(ConfigurationSection section)
    {
        var settings = new ParallelPairSettings
        {
            Sources = [.. section.Sections("sources").Select(ParallelSourceConfiguration.Read)],
            Languages = section.Texts("languages", []),
            Pairs = section.WholeNumber("pairs", null, least: 2),
            LanguageSmoothing = section.Number("language_smoothing", 0.5, 0, 2),
            PassageShare = section.Number("passage_share", 0, 0, 1),
            DevPairs = [.. section.Texts("dev_pairs", []).Select(text => Pair(section, text)).OfType<(string, string)>()],
        };
        if (settings.Sources.Count == 0) section.Problem("sources", "is empty; list at least one file of parallel text.");
        else if (settings.Sources.All(source => source.Weight == 0)) section.Problem("sources", "have a weight of 0 each, so that nothing can be drawn; give one a weight above 0.");
        if (settings.Languages.Count == 1) section.Problem("languages", $"is '{settings.Languages[0]}' alone; a pair needs two, and none at all stands for all languages.");
        var isHeldOut = settings.Sources.Any(source => source.HoldOutFrom is not null);
        if (settings.DevPairs.Count > 0 && !isHeldOut) section.Problem("dev_pairs", "needs rows that are held out; give one of the sources hold_out_from.");
        if (settings.DevPairs.Count == 0 && isHeldOut && !section.Has("dev_pairs")) section.Problem("dev_pairs", "is missing, though rows are held out; list pairs of languages such as \"zh > kk\" to choose epochs by, or leave hold_out_from out.");
        return settings;
    }

    private static (string From, string To)? Pair(ConfigurationSection section, string text)
    {
        var pair = ParallelSourceConfiguration.Pair(text);
        if (pair is null) section.Problem("dev_pairs", $"has \"{text}\"; write a pair as \"zh > kk\".");
        return pair;
    }
}
