using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>The distribution q over a query's candidates that proposals are drawn from. Immutable and thread-safe.</summary>
public sealed class Proposal
{
    private readonly double[] _logProbabilities;
    private readonly AliasTable _table;

    private Proposal(double[] logProbabilities)
    {
        _logProbabilities = logProbabilities;
        _table = new AliasTable([.. logProbabilities.Select(Math.Exp)]);
    }

    /// <summary>How many candidates there are.</summary>
    public int Count => _logProbabilities.Length;

    /// <summary>log q of every candidate; −∞ for one that is never proposed.</summary>
    public ReadOnlySpan<double> LogProbabilities => _logProbabilities;

    /// <summary>The same probability for every candidate.</summary>
    /// <param name="count">How many there are, 1 or more.</param>
    public static Proposal Uniform(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Proposal([.. Enumerable.Repeat(-Math.Log(count), count)]);
    }

    /// <summary>q = (1 − ε) softmax(s/τ) + ε/n: a model's or retriever's scores, mixed with the uniform distribution so that p/q cannot exceed n·max(p)/ε (a defensive mixture, Hesterberg, 1995).</summary>
    /// <param name="candidates">The candidates; their scores are used.</param>
    /// <param name="options">Temperature, share of the uniform part, and depth. Beyond the depth nothing is proposed.</param>
    /// <exception cref="ConfigurationException">An option cannot be used; a temperature of 0 would propose the best candidate alone.</exception>
    public static Proposal Softmax(CandidateList candidates, ProposalOptions options)
    {
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("The proposal", problems);
        var (greatest, beyond) = (candidates.Scores.Max(), Beyond(candidates, options.Depth));
        // Relative to the greatest, no quotient is too large for a number, however small the temperature.
        var logs = LogSpace.Normalise([.. candidates.Scores.Select((score, at) => beyond.Contains(at) ? double.NegativeInfinity : (score - greatest) / options.Temperature)]);
        var (model, uniform) = (Math.Log(1 - options.Defence), Math.Log(options.Defence / (logs.Length - beyond.Count)));
        for (var at = 0; at < logs.Length; at++)
        {
            if (!beyond.Contains(at)) logs[at] = LogSpace.Add(model + logs[at], uniform);
        }
        return new Proposal(logs);
    }

    /// <summary>A distribution given by the logarithms of its weights, which need not sum to 1.</summary>
    /// <param name="logWeights">One for each candidate; −∞ for what is never proposed; not all of them so.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite, or all are 0.</exception>
    public static Proposal FromLogWeights(IReadOnlyList<double> logWeights)
    {
        if (logWeights.Any(weight => double.IsNaN(weight) || double.IsPositiveInfinity(weight)) || logWeights.All(double.IsNegativeInfinity)) throw new ArgumentException("A weight is not a number, or all of them are 0.", nameof(logWeights));
        return new Proposal(LogSpace.Normalise([.. logWeights]));
    }

    /// <summary>Draws a candidate.</summary>
    /// <param name="uniform">A number within (0, 1).</param>
    /// <returns>Its position in the list.</returns>
    public int Draw(double uniform) => _table.Draw(uniform);

    /// <summary>The candidates that the first draws come to, each once, in the order in which they first come.</summary>
    /// <param name="draws">How many draws.</param>
    /// <param name="stream">Their random numbers.</param>
    internal IReadOnlyList<int> First(int draws, DrawStream stream) => [.. Enumerable.Range(0, draws).Select(draw => Draw(stream[draw])).Distinct()];

    private static HashSet<int> Beyond(CandidateList candidates, int? depth) => depth is { } most && most < candidates.Count
        ? [.. Enumerable.Range(0, candidates.Count).OrderByDescending(at => candidates.Scores[at]).ThenByDescending(at => candidates.PassageIds[at], StringComparer.Ordinal).Skip(most)]
        : [];
}

/// <summary>How scores become a distribution.</summary>
public sealed record ProposalOptions
{
    /// <summary>What scores are divided by, above 0: 1 for a cross-encoder's logits, the training temperature for cosines.</summary>
    /// <value>1 by default.</value>
    public double Temperature { get; init; } = 1;

    /// <summary>Share ε of the uniform distribution, within [0, 1].</summary>
    /// <value>0.1 by default.</value>
    public double Defence { get; init; } = 0.1;

    /// <summary>How many of the best-scored candidates are proposed; null for all.</summary>
    public int? Depth { get; init; }

    /// <summary>Every problem with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Temperature > 0 && double.IsFinite(Temperature))) yield return FormattableString.Invariant($"temperature is {Temperature}; use a number above 0 (0 would propose the best candidate alone: use scheme raft for that).");
        if (!(Defence is >= 0 and <= 1)) yield return FormattableString.Invariant($"defence is {Defence}; use a share from 0 to 1.");
        if (Depth < 1) yield return FormattableString.Invariant($"depth is {Depth}; use 1 or more.");
    }
}
