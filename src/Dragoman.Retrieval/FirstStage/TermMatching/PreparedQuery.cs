using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>A query looked up in the partitions that take part. Immutable.</summary>
internal sealed class PreparedQuery
{
    private readonly TermModel? _model;

    private PreparedQuery(TermModel? model, IReadOnlyList<PreparedTerm> terms, double queryWeight)
    {
        _model = model;
        Terms = terms;
        QueryWeight = queryWeight;
    }

    /// <summary>The terms that occur, in the order of the query.</summary>
    internal IReadOnlyList<PreparedTerm> Terms { get; }

    /// <summary>Sum of their weights.</summary>
    internal double QueryWeight { get; }

    /// <summary>What is added for a passage's length alone, 0 or less.</summary>
    internal double Base(int length) => _model?.Base(QueryWeight, length) ?? 0;

    /// <summary>Whether postings hold weights and not how often terms occur.</summary>
    internal bool HasStoredWeights => _model is null;

    /// <summary>A query of terms whose weights stand in the index; nothing is added for the length.</summary>
    internal static PreparedQuery Of(IReadOnlyList<PreparedTerm> terms) => new(null, terms, terms.Sum(term => term.Weight.QueryWeight));

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
