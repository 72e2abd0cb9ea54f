namespace Dragoman.Training.Sampling.Rejection;

/// <summary>The names of the schemes, as options, ledgers and reports spell them.</summary>
public static class SamplingScheme
{
    /// <summary>Accept with p/(M q): exact.</summary>
    public const string Rejection = "rejection";

    /// <summary>Accept with min(1, p/(M′q)), M′ a quantile or given.</summary>
    public const string QuasiRejection = "quasi-rejection";

    /// <summary>Weigh by p/q.</summary>
    public const string Importance = "importance";

    /// <summary>Propose many, take few in proportion to p/q.</summary>
    public const string Resampling = "resampling";

    /// <summary>k distinct passages by Gumbel keys.</summary>
    public const string GumbelTopK = "gumbel-top-k";

    /// <summary>Accept with exp((r − r_max)/β).</summary>
    public const string Rso = "rso";

    /// <summary>The best of N.</summary>
    public const string Raft = "raft";

    /// <summary>All above a threshold.</summary>
    public const string Rest = "rest";

    /// <summary>Accept by the probability that the grade is right.</summary>
    public const string Agreement = "agreement";

    /// <summary>The source's rule: a negative control.</summary>
    public const string SeedLiteral = "seed-literal";

    /// <summary>Keep each with the same probability: a control of training examples.</summary>
    public const string Random = "random";

    /// <summary>Keep those with the greatest loss: a control of training examples.</summary>
    public const string Hardest = "hardest";

    /// <summary>The schemes that draw from the candidates of a query.</summary>
    public static IReadOnlyList<string> All { get; } = [Rejection, QuasiRejection, Importance, Resampling, GumbelTopK, Rso, Raft, Rest, Agreement, SeedLiteral];
}
