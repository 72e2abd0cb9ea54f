namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>What a query term gives to the score of a passage that holds it. Part and bound must rise (or stay) with the value and fall (or stay) with the length. Thread-safe.</summary>
internal abstract class TermWeight
{
    /// <summary>The part of the score that is added for the term.</summary>
    /// <param name="value">The posting's value: how often the term occurs, or the bits of its weight.</param>
    /// <param name="length">Number of terms of the passage.</param>
    internal abstract double Part(int value, int length);

    /// <summary>Whether <see cref="BoundOf"/> gives the part itself.</summary>
    internal bool BoundIsPart { get; init; } = true;

    /// <summary>A part together with the term's share of what is added for the length alone: sums of this over the terms of a passage are no less than its score.</summary>
    /// <param name="part">What <see cref="Part"/> gave.</param>
    /// <param name="length">Number of terms of the passage.</param>
    internal virtual double BoundOf(double part, int length) => part;

    /// <summary>The bound that goes with a posting.</summary>
    internal double Bound(int value, int length) => BoundOf(Part(value, length), length);

    /// <summary>The parts of several postings: the very numbers that <see cref="Part"/> gives.</summary>
    /// <param name="passages">Passage numbers.</param>
    /// <param name="values">The postings' values.</param>
    /// <param name="lengths">Number of terms of every passage, by its number.</param>
    /// <param name="parts">Receives a part for every posting.</param>
    internal virtual void Weigh(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, ReadOnlySpan<int> lengths, Span<double> parts)
    {
        for (var place = 0; place < passages.Length; place++) parts[place] = Part(values[place], lengths[passages[place]]);
    }

    /// <summary>The weight of the term in its query, 0 or more: rounding errors are in proportion to it.</summary>
    internal abstract double QueryWeight { get; }
}
