using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>
/// Draws for many groups from a stream of proposals, with a teacher that is asked for proposals only, and for many at a time: first for what the first few proposals of every group are, then, where these do not give enough, for
/// more of them. What is drawn is what would be if each proposal were asked for by itself.
/// </summary>
internal static class TeacherRounds
{
    /// <summary>Most proposals for each passage that is wanted, by round; the last is the cap.</summary>
    private static readonly int[] Factors = [2, 5, 10, 20];

    /// <summary>Draws.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="count">How many groups.</param>
    /// <param name="needed">Pairs whose probability drawing for a group needs, with this many proposals for each that is wanted.</param>
    /// <param name="draw">Draws for a group with this cap.</param>
    /// <returns>What was drawn for each.</returns>
    internal static QueryDraws[] Draw(EpochWork work, int count, Func<int, int, IEnumerable<(int Source, string PassageId)>> needed, Func<int, int, QueryDraws> draw)
    {
        var drawn = new QueryDraws[count];
        var open = Enumerable.Range(0, count).ToList();
        foreach (var factor in Factors)
        {
            work.Teacher?.Ask(open.SelectMany(at => needed(at, factor)), work.Cancellation);
            var round = work.Each(open.Count, at => draw(open[at], factor));
            for (var at = 0; at < round.Length; at++) drawn[open[at]] = round[at];
            open = [.. open.Where((_, at) => round[at].Account.Capped)];
        }
        return drawn;
    }
}
