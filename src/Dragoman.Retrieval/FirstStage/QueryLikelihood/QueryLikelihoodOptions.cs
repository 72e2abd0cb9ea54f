namespace Dragoman.Retrieval.FirstStage.QueryLikelihood;

/// <summary>How the language model of a passage is smoothed with that of the collection.</summary>
public enum Smoothing
{
    /// <summary>With a Dirichlet prior: μ imagined terms of the collection in every passage, so that long passages are smoothed less.</summary>
    Dirichlet,

    /// <summary>By a fixed share of the collection's model (Jelinek and Mercer).</summary>
    JelinekMercer,
}

/// <summary>How query likelihood smooths (Zhai and Lafferty, 2004).</summary>
public sealed record QueryLikelihoodOptions
{
    /// <summary>The kind of smoothing.</summary>
    /// <value><see cref="Smoothing.Dirichlet"/> by default.</value>
    public Smoothing Smoothing { get; init; } = Smoothing.Dirichlet;

    /// <summary>Weight of the collection's model in Dirichlet smoothing, in terms, more than 0.</summary>
    /// <value>1000 by default.</value>
    public double Mu { get; init; } = 1000;

    /// <summary>Share of the collection's model in Jelinek-Mercer smoothing, within (0, 1).</summary>
    /// <value>0.1 by default, for short queries; 0.7 is usual for long ones.</value>
    public double Lambda { get; init; } = 0.1;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Mu > 0 && double.IsFinite(Mu))) yield return FormattableString.Invariant($"QueryLikelihood.Mu is {Mu}; use more than 0.");
        if (!(Lambda is > 0 and < 1)) yield return FormattableString.Invariant($"QueryLikelihood.Lambda is {Lambda}; use a value between 0 and 1.");
    }
}
