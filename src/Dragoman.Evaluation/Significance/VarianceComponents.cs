namespace Dragoman.Evaluation.Significance;

/// <summary>
/// What makes the values of a system's runs differ: easy and hard queries, lucky and unlucky seeds, and the rest. Estimated from mean squares with queries and
/// runs both random, one value a cell (Brennan, Generalizability Theory, 2001; for retrieval Urbano, Marrero and Martín, SIGIR 2013).
/// </summary>
/// <remarks>An estimate below 0, which happens when the true component is small, is given as 0.</remarks>
/// <param name="Query">Variance between queries.</param>
/// <param name="Run">Variance between runs, that is between seeds: its root is how far one more training run is expected to lie from the system's mean.</param>
/// <param name="Residual">Variance of run × query and noise: a seed that helps some queries and harms others.</param>
public sealed record VarianceComponents(double Query, double Run, double Residual)
{
    /// <summary>Estimates the components.</summary>
    /// <param name="scores">A system.</param>
    /// <returns>Null for fewer than two runs or fewer than two queries, which cannot tell.</returns>
    public static VarianceComponents? Of(SystemScores scores)
    {
        var (s, n) = (scores.ByRun.Count, scores.QueryIds.Count);
        if (s < 2 || n < 2) return null;
        var squares = TwoWayAnova.Of(scores.ByRun);
        return new VarianceComponents(
            Math.Max(0, (squares.Queries - squares.Residual) / s),
            Math.Max(0, (squares.Runs - squares.Residual) / n),
            squares.Residual);
    }
}
