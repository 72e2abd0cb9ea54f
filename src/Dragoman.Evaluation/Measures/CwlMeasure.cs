using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>
/// A measure of the C/W/L framework (Moffat et al., 2017; cwl_eval, Azzopardi et al., SIGIR 2019): a reader goes on from a rank with some probability, and the value is the expected gain
/// of a passage they look at. Grades are scaled from [<see cref="MinRel"/>, <see cref="MaxRel"/>] to a gain within [0, 1]; as in cwl_eval a ranking is continued to 1,000 ranks
/// without gain.
/// </summary>
public abstract record CwlMeasure : Measure
{
    private const int ReaderDepth = 1000;

    /// <summary>The highest grade of the scale; higher ones count as this.</summary>
    public int MaxRel { get; init; } = 1;

    /// <summary>The grade without gain, 0 or more; lower ones count as this.</summary>
    public int MinRel { get; init; }

    /// <inheritdoc/>
    public sealed override double Of(JudgedRanking ranking)
    {
        var (looked, gained, reach, cumulated) = (0.0, 0.0, 1.0, 0.0);
        for (var rank = 1; rank <= ReaderDepth && reach > 0; rank++)
        {
            double grade = rank <= ranking.Grades.Length ? Math.Clamp(ranking.Grades[rank - 1], MinRel, MaxRel) : MinRel;
            var gain = (grade - MinRel) / (MaxRel - MinRel);
            cumulated += gain;
            looked += reach;
            gained += reach * gain;
            reach *= GoOn(rank, gain, cumulated);
        }
        return gained / looked;
    }

    /// <summary>The probability of going on from a rank.</summary>
    /// <param name="rank">The rank, from 1.</param>
    /// <param name="gain">The gain there.</param>
    /// <param name="cumulated">The gains up to there.</param>
    protected abstract double GoOn(int rank, double gain, double cumulated);

    /// <summary>Puts the spelling together.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="cutoff">The k; null for none.</param>
    /// <param name="own">The measure's own parameter as <c>name=value</c>; null for none.</param>
    protected string Spelling(string name, int? cutoff, string? own) => Spell(name, cutoff?.ToString(CultureInfo.InvariantCulture), own,
        MinRel == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"min_rel={MinRel}"), string.Create(CultureInfo.InvariantCulture, $"max_rel={MaxRel}"));
}

/// <summary>nDCG for a reader who expects k fully relevant passages whatever was judged: the discount 1 / log2(rank + 1) over the first k ranks, divided by its sum.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record ScaledDcg(int Cutoff) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("SDCG", Cutoff, null);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => rank < Cutoff ? Math.Log2(rank + 1) / Math.Log2(rank + 2) : 0;
}

/// <summary>The Bejeweled Player Model (Zhang et al., SIGIR 2017), static: a reader goes on until they have gained <paramref name="T"/> or seen k passages.</summary>
/// <param name="Cutoff">The k, 1 or more.</param>
/// <param name="T">The gain wanted, above 0.</param>
public sealed record BejeweledPlayer(int Cutoff, double T = 1) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("BPM", Cutoff, T == 1 ? null : "T=" + PythonNumber.Of(T));

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => cumulated < T && rank < Cutoff ? 1 : 0;

    /// <inheritdoc/>
    public override bool RewardsOrder => false;                 // who is satisfied sooner sees less of what was above the mean
}

/// <summary>INSQ (Moffat, Scholer and Thomas, ADCS 2012): the reader goes on with probability ((rank + 2T - 1) / (rank + 2T))².</summary>
/// <param name="T">The gain wanted, above 0.</param>
public sealed record Insq(double T = 1) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("INSQ", null, T == 1 ? null : "T=" + PythonNumber.Of(T));

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => Patience(rank, 2 * T);

    internal static double Patience(int rank, double wanted)
    {
        var share = (rank + wanted - 1) / (rank + wanted);
        return share * share;
    }
}

/// <summary>INST (Bailey, Moffat, Scholer and Thomas, SIGIR 2015): INSQ whose reader loses patience with what they have gained already.</summary>
/// <param name="T">The gain wanted, above 0.</param>
public sealed record Inst(double T = 1) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("INST", null, T == 1 ? null : "T=" + PythonNumber.Of(T));

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => Insq.Patience(rank, (2 * T) - cumulated);

    /// <inheritdoc/>
    public override bool RewardsOrder => false;                 // who is satisfied sooner sees less of a good rest
}

/// <summary>Nearly expected reciprocal rank (Azzopardi, Mackenzie and Moffat, ICTIR 2021), equation 8 (stopping by gain alone) or 9 (discounted too), cut at k.</summary>
/// <param name="Equation">8 or 9.</param>
/// <param name="Cutoff">The k, 1 or more.</param>
public sealed record NearlyErrCut(int Equation, int Cutoff) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("NERR" + Equation.ToString(CultureInfo.InvariantCulture), Cutoff, null);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => rank >= Cutoff ? 0 : (1 - gain) * (Equation == 8 ? 1 : rank / (rank + 1.0));
}

/// <summary>Nearly expected reciprocal rank (Azzopardi, Mackenzie and Moffat, ICTIR 2021), equation 10: a reader of persistence p who stops by gain.</summary>
/// <param name="P">The persistence, above 0 and below 1.</param>
public sealed record NearlyErrPersistent(double P = 0.9) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("NERR10", null, P == 0.9 ? null : "p=" + PythonNumber.Of(P));

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => P * (1 - gain);
}

/// <summary>Nearly expected reciprocal rank (Azzopardi, Mackenzie and Moffat, ICTIR 2021), equation 11: INSQ's reader who stops by gain.</summary>
/// <param name="T">The gain wanted, above 0.</param>
public sealed record NearlyErrPatient(double T = 1) : CwlMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("NERR11", null, T == 1 ? null : "T=" + PythonNumber.Of(T));

    /// <inheritdoc/>
    protected override double GoOn(int rank, double gain, double cumulated) => Insq.Patience(rank, 2 * T) * (1 - gain);
}
