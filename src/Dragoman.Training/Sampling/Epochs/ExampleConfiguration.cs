using Dragoman.Training.Configuration;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Reads the section <c>sampling.examples</c>.</summary>
internal static class ExampleConfiguration
{
    private const string NoiseRate = "noise_rate", Estimated = "auto";
    private const double UncalibratedRate = 0.2;
    private static readonly string[] OfAgreement = ["detector", "gamma", "least", "informative"];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="hasTeacher">Whether there is a teacher, which is the detector then unless another is named.</param>
    /// <param name="calibrates">Whether the teacher's scores are made probabilities, from which the share of wrong labels can be estimated.</param>
    /// <param name="positives">How positives are drawn, whose target takes agreement in; null when they are not.</param>
    internal static ExampleSettings Read(ConfigurationSection section, bool hasTeacher, bool calibrates, PositiveSettings? positives)
    {
        if (!section.Has("scheme")) section.Problem("scheme", "is missing; use agreement, or one of the controls seed-literal, random and hardest.");
        var scheme = section.Choice("scheme", SamplingScheme.Agreement, ("agreement", SamplingScheme.Agreement), ("seed-literal", SamplingScheme.SeedLiteral), ("random", SamplingScheme.Random), ("hardest", SamplingScheme.Hardest));
        var (isAgreement, isControl) = (scheme == SamplingScheme.Agreement, scheme is SamplingScheme.Random or SamplingScheme.Hardest);
        var inTarget = isAgreement && positives is { IsByReward: false };
        if (!isAgreement) UnusedKeys.Refuse(section, OfAgreement, "belongs to sampling.examples.scheme agreement; leave it out.");
        var detector = !isAgreement ? ExampleDetector.Probability
            : section.Choice("detector", hasTeacher ? "probability" : "mixture", ("probability", ExampleDetector.Probability), ("mixture", ExampleDetector.Mixture), ("confident", ExampleDetector.Confident));
        var settings = new ExampleSettings { Scheme = scheme, Detector = detector };
        if (isAgreement)
        {
            settings = settings with { Acceptance = new AgreementAcceptance { Gamma = section.Number("gamma", 1, least: 1e-3), Least = section.Number("least", 0.05, least: 0, most: 1), WarmupEpochs = 0 } };
            if (inTarget) UnusedKeys.Refuse(section, ["mode", "budget", "informative"], "has no place beside sampling.positives, whose target takes the agreement in; leave it out.");
            else settings = settings with { Informative = section.Flag("informative", false) };
        }
        if (!inTarget) settings = Mode(section, settings, isControl);
        if (isAgreement && detector == ExampleDetector.Probability) settings = settings with { NoiseRate = Noise(section, calibrates) };
        else UnusedKeys.Refuse(section, [NoiseRate], "belongs to detector probability of scheme agreement; leave it out.");
        if (scheme == SamplingScheme.SeedLiteral) settings = settings with { Bound = section.Number("bound", SeedLiteral.SourceBound, least: 1e-6) };
        else UnusedKeys.Refuse(section, ["bound"], "belongs to sampling.examples.scheme seed-literal; leave it out.");
        if (isControl) settings = settings with { Rate = section.Number("rate", 0.5, least: 1e-3, most: 1) };
        else UnusedKeys.Refuse(section, ["rate"], "belongs to the schemes random and hardest; leave it out.");
        if (settings.NeedsLosses || (isAgreement && detector == ExampleDetector.Confident)) return settings with { EasyNegatives = section.WholeNumber("easy_negatives", 8, least: 1, most: 1000) };
        UnusedKeys.Refuse(section, ["easy_negatives"], "are what losses of pairs are taken against, at which nothing looks here; leave it out.");
        return settings;
    }

    /// <summary>A number, or an estimate where there are probabilities to estimate from.</summary>
    private static double? Noise(ConfigurationSection section, bool calibrates)
    {
        var isEstimated = section.Text(NoiseRate, calibrates ? Estimated : "") == Estimated;
        if (!isEstimated) return section.Number(NoiseRate, UncalibratedRate, least: 0, most: NoiseRateEstimate.Most);
        if (!calibrates) section.Problem(NoiseRate, FormattableString.Invariant($"is '{Estimated}', which needs calibrated probabilities; give a number from 0 to {NoiseRateEstimate.Most}, or leave sampling.teacher.calibrate out."));
        return null;
    }

    private static ExampleSettings Mode(ConfigurationSection section, ExampleSettings settings, bool isControl)
    {
        var weighs = section.Choice("mode", isControl ? "sample" : "weigh", ("weigh", true), ("sample", false));
        if (weighs && isControl) section.Problem("mode", $"is weigh, which means nothing for {settings.Scheme}; use sample.");
        if (!weighs) return settings with { Shortens = section.Choice("budget", "steps", ("steps", false), ("examples", true)) };
        UnusedKeys.Refuse(section, ["budget"], "belongs to sampling.examples.mode sample; leave it out.");
        return settings with { Weighs = true };
    }
}
