namespace Dragoman.Training.TranslationTables;

/// <summary>How word alignment is learned: IBM Model 1 (Brown et al., 1993), then, if asked, the model of fast_align (Dyer, Chahuneau and Smith, NAACL 2013).</summary>
public sealed record WordAlignmentOptions
{
    /// <summary>Iterations of IBM Model 1, whose start is uniform; 1 or more.</summary>
    /// <value>5 by default.</value>
    public int Model1Iterations { get; init; } = 5;

    /// <summary>Iterations of the model that prefers the diagonal, begun from Model 1's result; 0 stays with Model 1.</summary>
    /// <value>5 by default.</value>
    public int DiagonalIterations { get; init; } = 5;

    /// <summary>Probability that a term was made by no term of the other text, in the diagonal model; within (0, 1). Model 1 treats NULL as one more term.</summary>
    /// <value>0.08 by default.</value>
    public double NullProbability { get; init; } = 0.08;

    /// <summary>How strongly the diagonal is preferred at first, λ; learned from the second iteration on, within [0.1, 14].</summary>
    /// <value>4 by default.</value>
    public double FirstTension { get; init; } = 4;

    /// <summary>Concentration α of the Dirichlet prior over translations for the variational M-step; 0 for maximum likelihood.</summary>
    /// <value>0.01 by default.</value>
    public double Concentration { get; init; } = 0.01;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Model1Iterations < 1) yield return $"model1_iterations is {Model1Iterations}; use 1 or more.";
        if (DiagonalIterations < 0) yield return $"diagonal_iterations is {DiagonalIterations}; use 0 or more.";
        if (!(NullProbability is > 0 and < 1)) yield return $"null_probability is {NullProbability}; use a value between 0 and 1.";
        if (!(FirstTension is >= DiagonalPrior.LeastTension and <= DiagonalPrior.MostTension)) yield return $"first_tension is {FirstTension}; use a value from {DiagonalPrior.LeastTension} to {DiagonalPrior.MostTension}.";
        if (!(Concentration is >= 0 and <= 10)) yield return $"concentration is {Concentration}; use a value from 0 to 10.";
    }
}
