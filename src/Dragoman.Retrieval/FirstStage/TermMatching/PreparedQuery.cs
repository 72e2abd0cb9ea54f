using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>A query looked up in the partitions that take part. Immutable.</summary>
internal sealed class PreparedQuery
{
    private PreparedQuery(TermModel model, IReadOnlyList<PreparedTerm> terms, double queryWeight)
    {
        Model = model;
        Terms = terms;
        QueryWeight = queryWeight;
    }

    internal TermModel Model { get; }

    /// <summary>The terms that occur, in the order of the query.</summary>
    internal IReadOnlyList<PreparedTerm> Terms { get; }

    /// <summary>Sum of their weights.</summary>
    internal double QueryWeight { get; }

    internal static PreparedQuery Of(IReadOnlyList<WeightedTerm> terms, TermModel model, CollectionStatistics statistics)
    {
        var prepared = new List<PreparedTerm>();
        var sum = 0.0;
        foreach (var term in terms)
        {
            var places = statistics.Find(term.Term);
            if (places.Length == 0) continue;
            prepared.Add(new PreparedTerm(model.Weigh(term, CollectionStatistics.Of(places)), places));
            sum += term.Weight;
        }
        return new PreparedQuery(model, prepared, sum);
    }
}

/// <summary>A query term that occurs.</summary>
/// <param name="Weight">What it gives to scores.</param>
/// <param name="Places">Where it occurs.</param>
internal sealed record PreparedTerm(TermWeight Weight, IReadOnlyList<PartitionTerm> Places);
