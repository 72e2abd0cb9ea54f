using Dragoman.Training.Configuration;

namespace Dragoman.Training.Losses;

/// <summary>The ranking losses by name, as the section <c>loss</c> of a configuration gives them: <c>loss: {name: lambda-loss, mu: 10}</c>.</summary>
public static class RankingLosses
{
    /// <summary>The loss when none is named.</summary>
    public const string Default = "softmax-hinge";

    private const string Temperature = "temperature";

    private const double Least = 1e-6;

    private static readonly Entry[] Entries =
    [
        new(Default, ["margin"], section => new SoftmaxHingeLoss(section.Number("margin", 0, least: 0, most: 0.999))),
        new("score-hinge", ["margin"], section => new ScoreHingeLoss(section.Number("margin", 1, least: Least))),
        new("ranknet", ["sigma"], section => new RankNetLoss(section.Number("sigma", 1, least: Least))),
        new("cross-entropy", ["temperature"], section => new ListwiseCrossEntropyLoss(section.Number("temperature", 1, least: Least))),
        new("generalised-cross-entropy", ["q"], section => new GeneralisedCrossEntropyLoss(section.Number("q", 0.7, least: Least, most: 1))),
        new("listnet", ["target", "target_temperature", "smoothing", "gain", "temperature"], ReadListNet),
        new("lambda-loss", ["weighting", "mu", "sigma", "cutoff", "gain"], ReadLambda),
        new("approx-ndcg", ["temperature", "gain"], section => new ApproxNdcgLoss(section.Number("temperature", 0.1, least: Least), ReadGain(section))),
        new("margin-mse", [], _ => new MarginMseLoss()),
        new("kl-distillation", ["temperature", "teacher_temperature"], section => new KlDistillationLoss(
            section.Number("temperature", 1, least: Least), section.Number("teacher_temperature", 1, least: Least))),
        new("debiased-contrastive", ["temperature", "false_negative_share", "lowest_score"], section => new DebiasedContrastiveLoss(
            section.Number("temperature", 0.05, least: Least), section.Number("false_negative_share", 0.1, least: 0, most: 0.999), section.Number("lowest_score", -1))),
        new("cosine-hinge", ["margin"], section => new CosineHingeLoss(section.Number("margin", 0, least: -1, most: 0.999))),
    ];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Reads a loss. An option of another loss is a problem, as is a value out of range; problems are noted in the section's file.</summary>
    /// <param name="section">The section with <c>name</c> and the loss's own options.</param>
    /// <param name="withTeacher">Whether teacher scores will be there.</param>
    /// <param name="ofCosines">Whether the caller divides the scores by <c>temperature</c> where the loss has none of its own (<see cref="HasTemperature"/>); else that is a problem too.</param>
    /// <returns>The loss; <see cref="Default"/> where the name is unknown.</returns>
    public static IRankingLoss Read(ConfigurationSection section, bool withTeacher = false, bool ofCosines = false)
    {
        ArgumentNullException.ThrowIfNull(section);
        var chosen = section.Choice("name", Default, [.. Entries.Select(entry => (entry.Name, entry))]);
        foreach (var option in Entries.SelectMany(entry => entry.Options).Distinct().Except(chosen.Options).Where(option => section.Has(option) && !(ofCosines && option == Temperature)))
        {
            section.OptionalText(option);
            section.Problem(option, $"belongs to loss.name {string.Join(", ", Entries.Where(entry => entry.Options.Contains(option)).Select(entry => entry.Name))}; leave it out.");
        }
        var loss = chosen.Read(section);
        if (loss.NeedsTeacher && !withTeacher) section.Problem("name", $"is {chosen.Name}, which learns from a teacher's scores, and there are none here; use a loss that learns from grades.");
        return loss;
    }

    /// <summary>Whether a loss divides the scores by a temperature of its own.</summary>
    /// <param name="name">One of <see cref="Names"/>; false for others.</param>
    public static bool HasTemperature(string name) => Entries.Any(entry => entry.Name == name && entry.Options.Contains(Temperature));

    private static ListNetLoss ReadListNet(ConfigurationSection section)
    {
        var target = section.Choice("target", "softmax", ("softmax", ListNetTarget.Softmax), ("gain", ListNetTarget.Gain));
        var options = new ListNetOptions { Target = target, Temperature = section.Number("temperature", 1, least: Least) };
        if (target == ListNetTarget.Softmax)
        {
            Refuse(section, "loss.target gain", "smoothing", "gain");
            return new ListNetLoss(options with { TargetTemperature = section.Number("target_temperature", options.TargetTemperature, least: Least) });
        }
        Refuse(section, "loss.target softmax", "target_temperature");
        return new ListNetLoss(options with { Smoothing = section.Number("smoothing", options.Smoothing, least: 0), Gain = ReadGain(section) });
    }

    private static LambdaLoss ReadLambda(ConfigurationSection section)
    {
        var weighting = section.Choice("weighting", "ndcg-loss2++",
            ("ndcg-loss2++", LambdaWeighting.NdcgLoss2PlusPlus), ("ndcg-loss2", LambdaWeighting.NdcgLoss2), ("lambdarank", LambdaWeighting.LambdaRank));
        var options = new LambdaLossOptions { Weighting = weighting, Sigma = section.Number("sigma", 1, least: Least), Gain = ReadGain(section) };
        if (weighting == LambdaWeighting.NdcgLoss2PlusPlus) options = options with { Mu = section.Number("mu", options.Mu, least: 0) };
        else Refuse(section, "loss.weighting ndcg-loss2++", "mu");
        if (section.Has("cutoff")) options = options with { Cutoff = section.WholeNumber("cutoff", null, least: 1) };
        else section.OptionalText("cutoff");
        return new LambdaLoss(options);
    }

    private static Gain ReadGain(ConfigurationSection section) => section.Choice("gain", "exponential", ("exponential", Gain.Exponential), ("linear", Gain.Linear));

    private static void Refuse(ConfigurationSection section, string owner, params ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            if (section.Has(option)) section.Problem(option, $"belongs to {owner}; leave it out.");
            section.OptionalText(option);
        }
    }

    private sealed record Entry(string Name, string[] Options, Func<ConfigurationSection, IRankingLoss> Read);
}
