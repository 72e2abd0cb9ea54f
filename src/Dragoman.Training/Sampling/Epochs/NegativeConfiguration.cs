using Dragoman.Training.Configuration;
using Dragoman.Training.Sampling.Rejection.Negatives;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Reads the section <c>sampling.negatives</c>.</summary>
internal static class NegativeConfiguration
{
    private const string Calibrated = "calibrated", SimAns = "simans", PositiveAware = "positive-aware", RocketQa = "rocketqa";

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="positivesGiven">Whether <c>sampling.positives</c> is there.</param>
    internal static NegativeSettings Read(ConfigurationSection section, bool positivesGiven)
    {
        if (!section.Has("rule")) section.Problem("rule", $"is missing; use {string.Join(", ", NegativeRule.All.Select(rule => rule.Name))}.");
        var name = section.Choice("rule", Calibrated, [.. NegativeRule.All.Select(rule => (rule.Name, rule.Name))]);
        var rule = Named(section, name, section.WholeNumber("depth", Math.Min(NegativeRule.Named(name).Depth, 200), least: 1));
        if (name is not (Calibrated or SimAns)) UnusedKeys.Refuse(section, ["sharpness", "offset"], "belongs to the rules simans and calibrated; leave it out.");
        if (name != PositiveAware) UnusedKeys.Refuse(section, ["max_share", "margin"], "belongs to rule positive-aware; leave it out.");
        if (name != Calibrated) UnusedKeys.Refuse(section, ["temperature"], "belongs to rule calibrated, as the others propose all candidates alike; leave it out.");
        var streams = section.Choice("draw", "top-k", ("top-k", false), ("stream", true));
        return new NegativeSettings
        {
            Rule = rule,
            Streams = streams,
            Positives = Positives(section, name, streams, positivesGiven),
            Temperature = name == Calibrated ? section.Number("temperature", 1, least: 1e-6) : 1,
        };
    }

    private static int Positives(ConfigurationSection section, string name, bool streams, bool positivesGiven)
    {
        const string Key = "positives";
        if (name != RocketQa)
        {
            UnusedKeys.Refuse(section, [Key], "belongs to rule rocketqa; leave it out.");
            return 0;
        }
        var most = section.WholeNumber(Key, 0, least: 0, most: 1000);
        if (most > 0 && streams) section.Problem(Key, "needs sampling.negatives.draw top-k, as the teacher must have seen all candidates; use it, or leave one out.");
        if (most > 0 && positivesGiven) section.Problem(Key, "makes positives beside the judged one, and sampling.positives draws them; leave one out.");
        return most;
    }

    private static NegativeRule Named(ConfigurationSection section, string name, int depth) => name switch
    {
        Calibrated => NegativeRule.Calibrated(section.Number("sharpness", 0.5, least: 0), section.Number("offset", 0), depth),
        SimAns => NegativeRule.SimAns(section.Number("sharpness", 0.5, least: 0), section.Number("offset", 0), depth),
        PositiveAware => NegativeRule.PositiveAware(Filter(section), depth),
        _ => NegativeRule.Named(name) with { Depth = depth },
    };

    private static PositiveAwareFilter Filter(ConfigurationSection section)
    {
        if (section.Has("margin"))
        {
            if (section.Has("max_share")) section.Problem("max_share", "is given beside sampling.negatives.margin; leave one out.");
            section.OptionalText("max_share");
            return new PositiveAwareFilter { Margin = section.Number("margin", 0, least: 0) };
        }
        section.OptionalText("margin");
        return new PositiveAwareFilter { MaxShare = section.Number("max_share", 0.95, least: 1e-3, most: 1) };
    }
}
