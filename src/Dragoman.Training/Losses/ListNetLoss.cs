using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>What <see cref="ListNetLoss"/> makes a list's grades into.</summary>
public enum ListNetTarget
{
    /// <summary>p = softmax(g / τ_p).</summary>
    Softmax,

    /// <summary>pᵢ = (Gᵢ + δ) / Σⱼ (Gⱼ + δ) with the gains G.</summary>
    Gain,
}

/// <summary>How <see cref="ListNetLoss"/> reads grades and scores.</summary>
public sealed record ListNetOptions
{
    /// <summary>How grades become a distribution.</summary>
    /// <value>Softmax by default, as in the source.</value>
    public ListNetTarget Target { get; init; }

    /// <summary>τ_p of <see cref="ListNetTarget.Softmax"/>, in grades, above 0. It says how much the zeros get: 90 of them beside six candidates of grade 1 and four of grade 2 share 12 % of the mass at 0.4, 66 % at 1.</summary>
    /// <value>0.4 by default.</value>
    public double TargetTemperature { get; init; } = 0.4;

    /// <summary>δ of <see cref="ListNetTarget.Gain"/>, 0 or more: what a candidate of grade 0 is worth, since 0 often means unjudged.</summary>
    /// <value>0.02 by default.</value>
    public double Smoothing { get; init; } = 0.02;

    /// <summary>G of <see cref="ListNetTarget.Gain"/>.</summary>
    /// <value>Exponential by default.</value>
    public Gain Gain { get; init; }

    /// <summary>τ, divides the scores, above 0.</summary>
    /// <value>1 by default.</value>
    public double Temperature { get; init; } = 1;
}

/// <summary>Cross-entropy of the whole graded list: rewards giving every candidate the share of the probability that its grade earns.</summary>
/// <remarks>
/// L = −Σᵢ pᵢ log softmax(s/τ)ᵢ with p made of the grades. Gradient (softmax(s/τ)ᵢ − pᵢ)/τ: no sampling, all grades at once. Within [H(p), ∞); its least value is the
/// entropy of p, not 0. Source: ListNet with top-one probabilities (Cao et al., ICML 2007), where p = softmax(g); here for CLIRMatrix's grades 0..6 p = softmax(g/τ_p),
/// or gains with a share for the zeros. With one grade above 0 and gains without smoothing it is <see cref="ListwiseCrossEntropyLoss"/>.
/// No signal: all grades equal.
/// </remarks>
public sealed class ListNetLoss : RankingLoss
{
    private readonly ListNetOptions _options;

    /// <summary>Creates the loss.</summary>
    /// <param name="options">How to read grades and scores; null for the defaults.</param>
    public ListNetLoss(ListNetOptions? options = null)
    {
        _options = options ?? new ListNetOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.TargetTemperature, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.Temperature, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Smoothing, nameof(options));
    }

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var logs = lists.LogSoftmax(lists.Scores, _options.Temperature);                                   // [B, P]
        return (-MaskedLists.Sum(Target(lists) * logs, lists.Real), lists.HasTwoGrades());
    }

    private Tensor Target(MaskedLists lists)
    {
        if (_options.Target == ListNetTarget.Softmax) return lists.LogSoftmax(lists.Grades, _options.TargetTemperature).Exp();
        var worth = (DiscountedGain.Of(lists, _options.Gain) + _options.Smoothing).MaskedFill(lists.Real.Not(), 0);       // [B, P]
        var total = worth.Sum(1, keepDimension: true);                                                     // [B, 1]
        return worth / Tensor.Where(total.Eq(0), total.OnesLike(), total);
    }
}
