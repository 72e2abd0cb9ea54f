using System.Globalization;
using Dragoman.Training.Configuration;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Reads the section <c>sampling.positives</c>.</summary>
internal static class PositiveConfiguration
{
    private static readonly string[] Schemes =
        [SamplingScheme.Rejection, SamplingScheme.QuasiRejection, SamplingScheme.Importance, SamplingScheme.Resampling, SamplingScheme.GumbelTopK, SamplingScheme.Rso, SamplingScheme.Raft, SamplingScheme.Rest];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="ruleGiven">Whether <c>sampling.negatives</c> is there.</param>
    internal static PositiveSettings Read(ConfigurationSection section, bool ruleGiven)
    {
        if (!section.Has("scheme")) section.Problem("scheme", $"is missing; use {string.Join(", ", Schemes)}.");
        var scheme = section.Choice("scheme", SamplingScheme.GumbelTopK, [.. Schemes.Select(name => (name, name))]);
        var settings = new PositiveSettings { Scheme = scheme, Count = section.WholeNumber("count", scheme == SamplingScheme.Importance ? 8 : 1, least: 1, most: 1000) };
        if (scheme == SamplingScheme.Importance && settings.Count == 1) section.Problem("count", "is 1, but importance weighs a query's proposals against each other; use 2 or more.");
        settings = Rewards(section, Bound(section, Target(section, settings)), ruleGiven);
        var least = scheme == SamplingScheme.Resampling ? 10 : 1;
        if (scheme is SamplingScheme.Raft or SamplingScheme.Rest or SamplingScheme.Resampling) settings = settings with { Factor = section.WholeNumber("factor", 10, least, most: 1000) };
        else Refuse(section, scheme, "factor");
        if (scheme == SamplingScheme.Rest) return settings with { Thresholds = Thresholds(section) };
        Refuse(section, scheme, "thresholds");
        return settings;
    }

    private static PositiveSettings Target(ConfigurationSection section, PositiveSettings settings)
    {
        if (settings.IsByReward)
        {
            Refuse(section, settings.Scheme, "target", "smoothing", "target_temperature");
            return settings;
        }
        var target = section.Choice("target", "graded", ("graded", PositiveTarget.Graded), ("softmax", PositiveTarget.Softmax), ("tilted", PositiveTarget.Tilted));
        settings = settings with { Target = target };
        if (target == PositiveTarget.Graded) settings = settings with { Smoothing = section.Number("smoothing", 0.02, least: 0) };
        else UnusedKeys.Refuse(section, ["smoothing"], "belongs to sampling.positives.target graded; leave it out.");
        if (target == PositiveTarget.Softmax) return settings with { TargetTemperature = section.Number("target_temperature", 0.4, least: 1e-6) };
        UnusedKeys.Refuse(section, ["target_temperature"], "belongs to sampling.positives.target softmax; leave it out.");
        return settings;
    }

    private static PositiveSettings Bound(ConfigurationSection section, PositiveSettings settings)
    {
        if (settings.Scheme is not (SamplingScheme.Rejection or SamplingScheme.QuasiRejection))
        {
            Refuse(section, settings.Scheme, "bound", "alpha");
            return settings;
        }
        var isQuasi = settings.Scheme == SamplingScheme.QuasiRejection;
        var text = section.Text("bound", isQuasi ? "variation" : "exact");
        var bound = (text, isQuasi) switch
        {
            ("exact", false) => new BoundOptions { Kind = BoundKind.Exact },
            ("running", false) => new BoundOptions { Kind = BoundKind.Running },
            ("variation", true) => new BoundOptions { Kind = BoundKind.Variation },
            ("quantile", true) => new BoundOptions { Kind = BoundKind.Quantile },
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) => new BoundOptions { Kind = BoundKind.Given, LogGiven = Math.Log(number) },
            _ => null,
        };
        if (bound is null) section.Problem("bound", $"is '{text}'; for {settings.Scheme} use {(isQuasi ? "variation, quantile" : "exact, running")} or a number above 0.");
        if (bound is { Kind: BoundKind.Variation or BoundKind.Quantile }) bound = bound with { Alpha = section.Number("alpha", 0.05, least: 1e-6, most: 0.999999) };
        else UnusedKeys.Refuse(section, ["alpha"], "belongs to the bounds variation and quantile; leave it out.");
        return settings with { Bound = bound ?? new BoundOptions() };
    }

    private static PositiveSettings Rewards(ConfigurationSection section, PositiveSettings settings, bool ruleGiven)
    {
        if (settings.Scheme == SamplingScheme.Rso || settings.Target == PositiveTarget.Tilted) settings = settings with { Beta = section.Number("beta", 0.25, least: 1e-6) };
        else UnusedKeys.Refuse(section, ["beta"], "belongs to scheme rso and to target tilted; leave it out.");
        if (!settings.NeedsRewards)
        {
            UnusedKeys.Refuse(section, ["reward", "share", "best_grade", "gap"], "belongs to the schemes rso, raft and rest and to target tilted; leave it out.");
            return settings;
        }
        var reward = section.Choice("reward", "grade", ("grade", "grade"), ("teacher", "teacher"), ("mixed", "mixed"));
        if (reward == "mixed") settings = settings with { GradeShare = section.Number("share", 0.5, least: 0, most: 1) };
        else
        {
            UnusedKeys.Refuse(section, ["share"], "belongs to sampling.positives.reward mixed; leave it out.");
            settings = settings with { GradeShare = reward == "grade" ? 1 : 0 };
        }
        if (reward == "teacher") UnusedKeys.Refuse(section, ["best_grade"], "belongs to the rewards grade and mixed; leave it out.");
        else settings = settings with { BestGrade = section.WholeNumber("best_grade", 6, least: 1) };
        if (settings.IsByReward && !ruleGiven) return settings with { Gap = section.Number("gap", 0.2, least: 1e-6) };
        UnusedKeys.Refuse(section, ["gap"], settings.IsByReward ? "chooses negatives of an accepted passage, as sampling.negatives does; leave one out." : "belongs to the schemes rso, raft and rest; leave it out.");
        return settings;
    }

    private static List<double> Thresholds(ConfigurationSection section)
    {
        var thresholds = new List<double>();
        foreach (var text in section.Texts("thresholds", ["0.5", "0.7"]))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) thresholds.Add(number);
            else section.Problem("thresholds", $"holds '{text}'; use numbers.");
        }
        if (thresholds.Count == 0 || thresholds.Zip(thresholds.Skip(1)).Any(pair => pair.First > pair.Second)) section.Problem("thresholds", "must be one or more numbers, none below the one before.");
        return thresholds;
    }

    private static void Refuse(ConfigurationSection section, string scheme, params string[] keys) => UnusedKeys.Refuse(section, keys, $"is not used by sampling.positives.scheme {scheme}; leave it out.");
}
