using Dragoman.Training.Configuration;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Reads the section <c>sampling</c> of a neural ranker.</summary>
internal static class SamplingConfiguration
{
    private const double LeastTemperature = 1e-6;
    private const string SaysNothing = "says nothing; give sampling.examples, sampling.positives or sampling.negatives, or leave it out.";

    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="negatives">Its section <c>negatives</c>.</param>
    /// <param name="around">What it stands in.</param>
    /// <returns>The settings; null when the section is left out.</returns>
    internal static SamplingSettings? Read(ConfigurationSection root, ConfigurationSection negatives, SamplingSurroundings around)
    {
        if (root.IsEmpty("sampling")) root.Problem("sampling", SaysNothing);
        if (root.OptionalSection("sampling") is not { } section) return null;
        if (around.IsParallel) root.Problem("sampling", "needs a judged collection; leave it out beside data.parallel.");
        section.OptionalText(SamplingPresets.Key);
        var positives = section.OptionalSection("positives") is { } passages ? PositiveConfiguration.Read(passages, ruleGiven: section.Has("negatives")) : null;
        var teacher = section.OptionalSection("teacher") is { } named ? TeacherConfiguration.Read(named, around.Average) : null;
        var settings = new SamplingSettings
        {
            Seed = section.WholeNumber("seed", around.Seed, least: 0),
            WarmUp = section.WholeNumber("warm_up", 1, least: 0),
            ByRun = section.Choice("scores", "model", ("model", false), ("run", true)),
            Depth = section.WholeNumber("depth", 100, least: 1),
            Proposal = new ProposalOptions { Temperature = section.Number("temperature", around.Temperature, least: LeastTemperature), Defence = section.Number("defence", 0.1, least: 0, most: 1) },
            Teacher = teacher,
            Examples = section.OptionalSection("examples") is { } examples ? ExampleConfiguration.Read(examples, hasTeacher: section.Has("teacher"), teacher?.Calibrates ?? true, positives) : null,
            Positives = positives,
            Negatives = section.OptionalSection("negatives") is { } rule ? NegativeConfiguration.Read(rule, positivesGiven: positives is not null) : null,
        };
        Check(root, section, negatives, settings, around);
        return settings;
    }

    private static void Check(ConfigurationSection root, ConfigurationSection section, ConfigurationSection negatives, SamplingSettings settings, SamplingSurroundings around)
    {
        if (settings is { Examples: null, Positives: null, Negatives: null }) root.Problem("sampling", SaysNothing);
        var asks = new[] { (settings.Examples?.NeedsTeacher, "examples"), (settings.Positives?.NeedsTeacher, "positives"), (settings.Negatives?.Rule.NeedsTeacher, "negatives") }.Where(part => part.Item1 == true).Select(part => part.Item2).ToList();
        if (asks.Count > 0 && settings.Teacher is null && !section.Has("teacher")) section.Problem("teacher", $"is missing; sampling.{asks[0]} asks how probable relevance is.");
        if (asks.Count == 0 && settings.Teacher is not null) section.Problem("teacher", "is given, and nothing asks it; leave it out.");
        if (settings.ByRun && around.Candidates.Run is null && !negatives.Has("run")) section.Problem("scores", "is run, but negatives.run is missing; name the run whose scores propose.");
        if (settings.ByRun && settings.Examples?.NeedsLosses == true) section.Problem("scores", "is run, but sampling.examples looks at the losses of pairs, which the model in training gives; use model.");
        if (settings.NeedsCandidates && !around.Searches && !around.Candidates.Mines && !negatives.Has("run") && !negatives.Has("mine"))
            section.Problem(settings.Positives is null ? "negatives" : "positives", "needs candidates, and this model does not search a collection; give negatives.run, or negatives.mine with an encoder that does.");
        if (!settings.NeedsCandidates && settings.Teacher?.Calibrates != true && section.Has("depth")) section.Problem("depth", "is that of a query's candidates, at which neither sampling.positives nor sampling.negatives looks, nor a teacher that is calibrated; leave it out.");
        if (settings.Negatives is not null && around.Candidates.Options.Negatives == 0) negatives.Problem("count", "is 0, but sampling.negatives is given; say how many negatives of its own a query has.");
        if (settings.Positives is not null && around.Candidates.Options.Judged > 0) negatives.Problem("judged", "brings the other relevant passages in, of which sampling.positives draws; leave one out.");
        if (settings.WarmUp >= around.Epochs) section.Problem("warm_up", FormattableString.Invariant($"is {settings.WarmUp}, and training.epochs {around.Epochs}, so that nothing is ever drawn; use less."));
    }
}

/// <summary>What a section <c>sampling</c> stands in.</summary>
/// <param name="Seed">The file's seed.</param>
/// <param name="Temperature">Temperature of the proposal where the section gives none.</param>
/// <param name="Candidates">The section <c>negatives</c>.</param>
/// <param name="Epochs">Epochs of the training.</param>
/// <param name="Searches">Whether the model in training can search a collection.</param>
/// <param name="Average">Share of the running mean of the weights that a step keeps; 0 for no mean.</param>
/// <param name="IsParallel">Whether it is trained on parallel text.</param>
internal sealed record SamplingSurroundings(int Seed, double Temperature, CandidateSettings Candidates, int Epochs, bool Searches, double Average, bool IsParallel = false);
