namespace Dragoman.Evaluation;

/// <summary>How a run is compared with judgements; the names in brackets are trec_eval's options.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The lowest grade that counts as relevant for the measures that know only relevant and not (<c>-l</c>), unless they name one themselves (<c>AP(rel=2)</c>). nDCG takes the grade itself and ignores this.</summary>
    /// <value>1 by default.</value>
    public int RelevanceLevel { get; init; } = 1;

    /// <summary>How many passages of each query to look at (<c>-M</c>); null for all.</summary>
    /// <value>Null by default.</value>
    public int? Depth { get; init; }

    /// <summary>True to average over every judged query, with an empty ranking for those that the run lacks (<c>-c</c>); false for the queries that are in both.</summary>
    /// <value>False by default, as in trec_eval.</value>
    public bool Complete { get; init; }

    /// <summary>True to take passages that were not judged (or have a negative grade) out of every ranking, after <see cref="Depth"/>, before anything is computed (<c>-J</c>).</summary>
    /// <value>False by default.</value>
    public bool JudgedOnly { get; init; }

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (RelevanceLevel < 1) yield return $"the relevance level is {RelevanceLevel}; use 1 or more.";
        if (Depth < 1) yield return $"the depth is {Depth}; use 1 or more.";
    }
}
