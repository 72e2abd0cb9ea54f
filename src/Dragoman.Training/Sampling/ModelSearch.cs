using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage.Dense;

namespace Dragoman.Training.Sampling;

/// <summary>Searches a collection with an encoder for the queries of groups, each in its positive's language.</summary>
/// <param name="encoder">The encoder.</param>
/// <param name="groups">Queries with their positives.</param>
/// <param name="passages">The passages to search, with texts; read anew by every search.</param>
/// <param name="options">Sizes.</param>
internal sealed class ModelSearch(ITextEncoder encoder, IReadOnlyList<(Query Query, Passage Positive)> groups, IEnumerable<Passage> passages, ModelSearchOptions options)
{
    private readonly StreamedSearch _search = new(encoder, [.. groups.Select(group => new StreamedQuery(group.Query, new HashSet<string>(StringComparer.Ordinal) { group.Positive.Language }))], options.Depth, options.BlockPassages);
    private readonly Dictionary<string, int[]> _groupsOf = Enumerable.Range(0, groups.Count).GroupBy(group => groups[group].Positive.Id, StringComparer.Ordinal).ToDictionary(of => of.Key, of => of.ToArray(), StringComparer.Ordinal);

    /// <summary>Passages that were searched last: those in a language of a positive.</summary>
    internal int Passages => _search.Passages;

    /// <summary>Most bytes of vectors, scores and lists that the last search held at once.</summary>
    internal long BufferBytes => _search.BufferBytes;

    /// <summary>Searches with the encoder as it is now.</summary>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>For each group, the best passages of its positive's language, the positive among them if it is one, and the positive's score.</returns>
    internal IReadOnlyList<SearchedGroup> Search(CancellationToken cancellationToken)
    {
        var width = encoder.Dimension;
        var queries = _search.EncodeQueries(cancellationToken);
        var positives = new double[groups.Count];
        var best = _search.Search(queries, passages, (passage, vector) =>
        {
            foreach (var group in _groupsOf.GetValueOrDefault(passage.Id, [])) positives[group] = TensorPrimitives.Dot<float>(queries.AsSpan(group * width, width), vector.Span);
        }, cancellationToken: cancellationToken);
        return [.. best.Select((ranking, group) => new SearchedGroup(ranking, positives[group], CandidateOrigin.Mined))];
    }
}

/// <summary>Sizes of a <see cref="ModelSearch"/>.</summary>
internal sealed record ModelSearchOptions
{
    /// <summary>Passages kept for each query.</summary>
    internal int Depth { get; init; } = 50;

    /// <summary>Passages encoded at once.</summary>
    internal int BlockPassages { get; init; } = 4096;
}
