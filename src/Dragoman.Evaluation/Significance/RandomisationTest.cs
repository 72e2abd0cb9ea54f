namespace Dragoman.Evaluation.Significance;

/// <summary>
/// The paired randomisation test (Fisher; for retrieval Smucker, Allan and Carterette, CIKM 2007): if two systems were the same, each query's difference could as
/// well have had the other sign. Two-sided. All assignments of signs are taken when there are at most 2^20, else a seeded sample, with p = (b + 1) / (B + 1)
/// (Davison and Hinkley, Bootstrap Methods and their Application, 1997, chapter 4). The same result whatever the order of the queries, the direction of the difference and the number of threads.
/// </summary>
/// <remarks>
/// With several runs of a system there are two reasons for the mean to differ by chance: the queries and the seeds. Then the signs of the queries' differences and,
/// independently, those of each run's deviation from its system's mean are drawn, and Student's ratio of difference and standard error is compared instead of the
/// difference: the wild bootstrap with the null hypothesis imposed (Wu 1986; Cameron, Gelbach and Miller 2008) for two factors. With one run each, or runs
/// that do not differ, the two are one test. Deviation from the exact test: with several runs the level is kept approximately, not exactly.
/// </remarks>
public static class RandomisationTest
{
    private const int MostExactSigns = 20, Chunk = 2048;
    private const ulong Stream = 1;

    /// <summary>Tests whether the mean of differences is 0.</summary>
    /// <param name="differences">A finite difference for each query, at least one.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static RandomisationResult Of(IReadOnlyList<double> differences, ComparisonOptions? options = null) => Of(CrossedDesign.Of(differences), options ?? new ComparisonOptions());

    internal static RandomisationResult Of(CrossedDesign design, ComparisonOptions options)
    {
        var statistic = new SignStatistic(design);
        if (statistic.Signs <= MostExactSigns)
        {
            var all = 1L << statistic.Signs;
            return new RandomisationResult(Count(all, statistic, options, Enumerate) / (double)all, 0, all, true);
        }
        var random = new CounterRandom(options.Seed, Stream);
        var words = (ulong)statistic.Words;
        var extreme = Count(options.Permutations, statistic, options, (assignment, signs) =>
        {
            for (var word = 0; word < signs.Length; word++) signs[word] = random[((ulong)assignment * words) + (ulong)word];
        });
        var p = (extreme + 1.0) / (options.Permutations + 1.0);
        return new RandomisationResult(p, Math.Sqrt(p * (1 - p) / options.Permutations), options.Permutations, false);

        void Enumerate(long assignment, Span<ulong> signs) => statistic.Spread((ulong)assignment, signs);
    }

    private delegate void Assign(long assignment, Span<ulong> signs);

    private static long Count(long assignments, SignStatistic statistic, ComparisonOptions options, Assign assign)
    {
        long extreme = 0;
        Parallel.For(0, (assignments + Chunk - 1) / Chunk, options.Parallel, chunk =>
        {
            var signs = new ulong[statistic.Words];
            long here = 0;
            for (var assignment = chunk * Chunk; assignment < Math.Min(assignments, (chunk + 1) * Chunk); assignment++)
            {
                assign(assignment, signs);
                if (statistic.IsExtreme(signs)) here++;
            }
            Interlocked.Add(ref extreme, here);
        });
        return extreme;
    }
}
