using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Sampling;

/// <summary>Reads the section <c>negatives</c>.</summary>
internal static class CandidateConfiguration
{
    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="seed">The file's seed.</param>
    /// <param name="defaults">Number of negatives, and the share of them that a run gives when there is one.</param>
    /// <param name="minesItself">Whether the trained model can search.</param>
    internal static CandidateSettings Read(ConfigurationSection section, int seed, CandidateDefaults defaults, bool minesItself)
    {
        var run = section.OptionalFilePath("run");
        var mine = section.OptionalSection("mine");
        var hard = run is not null || mine is not null;
        var options = new GroupOptions
        {
            Negatives = section.WholeNumber("count", defaults.Count, least: defaults.Least, most: 1000),
            Pool = section.Choice("pool", "collection", ("collection", NegativePool.Collection), ("judged-zero", NegativePool.JudgedZero), ("last-judged-zero", NegativePool.LastJudgedZero)),
            Ties = section.Choice("ties", "id", ("id", PositiveTie.Id), ("file", PositiveTie.File)),
            Judged = section.WholeNumber("judged", 0, least: 0, most: 1000),
            RunShare = section.Number("run_share", hard ? defaults.RunShare : 0, least: 0, most: 1),
            RunFirst = section.WholeNumber("run_first", 1, least: 1),
            RunDepth = section.WholeNumber("run_depth", 50, least: 1),
            Filter = new PositiveAwareFilter { MaxShare = Limit(section, "max_share", 1e-3, 1), Margin = Limit(section, "margin", 0, double.PositiveInfinity) },
            FixedNegatives = section.Flag("fixed", false),
            Seed = seed,
        };
        var settings = new CandidateSettings
        {
            Options = options,
            Run = run,
            Mines = mine is not null,
            MineWith = mine?.OptionalBiEncoder("encoder"),
            MineFrom = mine?.WholeNumber("from_epoch", 1, least: 1) ?? 1,
            MineBlock = mine?.WholeNumber("block_passages", 4096, least: 1) ?? 4096,
        };
        Check(section, mine, settings, minesItself, hard);
        return settings;
    }

    /// <summary>Fingerprints of what the section names.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="inputs">Receives them.</param>
    internal static void AddInputs(CandidateSettings settings, JsonObject inputs)
    {
        if (settings.Run is { } run) inputs["negative_run"] = Fingerprint.OfFile(run);
        if (settings.MineWith is { } encoder) inputs["mining_encoder"] = Fingerprint.OfFolder(encoder);
    }

    private static void Check(ConfigurationSection section, ConfigurationSection? mine, CandidateSettings settings, bool minesItself, bool hard)
    {
        var options = settings.Options;
        if (section.Has("teacher")) section.Problem("teacher", "is distillation.teacher; move it there.");
        section.OptionalText("teacher");
        if (options.RunShare > 0 && !section.Has("run") && !section.Has("mine")) section.Problem("run_share", "is above 0, but negatives.run is missing; name the run to take negatives from.");
        if (options.RunFirst > options.RunDepth) section.Problem("run_first", $"is {options.RunFirst}, which is beyond negatives.run_depth, {options.RunDepth}; the ranks are taken from run_first to run_depth.");
        if (options.Filter.IsOn && !hard && !section.Has("run")) section.Problem(options.Filter.MaxShare is null ? "margin" : "max_share", "filters hard negatives, and there are none; give negatives.run or negatives.mine.");
        if (hard && options.Negatives == 0) section.Problem("count", $"is 0, but negatives.{(settings.Run is null ? "mine" : "run")} is given; say how many of its passages to take for a query.");
        if (mine is not null && !minesItself && !mine.Has("encoder")) mine.Problem("encoder", "is missing; this model does not search a collection, so name the folder of an encoder that does.");
        if (mine is not null && section.Has("fixed") && options.FixedNegatives && settings.MineWith is null) section.Problem("fixed", "is true, but negatives.mine looks for other negatives in every epoch; leave one out, or name negatives.mine.encoder.");
    }

    private static double? Limit(ConfigurationSection section, string key, double least, double most)
    {
        if (section.Has(key)) return section.Number(key, null, least, most);
        section.OptionalText(key);
        return null;
    }
}

/// <summary>What holds where the section says nothing.</summary>
/// <param name="Count">Negatives of a query.</param>
/// <param name="Least">Fewest allowed.</param>
/// <param name="RunShare">Share of them from a run, when there is one.</param>
internal sealed record CandidateDefaults(int Count, int Least, double RunShare);
