namespace Dragoman.Cli.Vectors;

/// <summary>What decides a text's vector: vectors can stand together only where all of it is the same.</summary>
internal sealed record VectorForm
{
    /// <summary>Identity of the encoder.</summary>
    public required string Encoder { get; init; }

    /// <summary>Length of a vector, in numbers.</summary>
    public required int Dimension { get; init; }

    /// <summary>What the texts were taken for, <c>query</c> or <c>passage</c>; null for neither.</summary>
    public string? Side { get; init; }

    /// <summary>How token vectors became one; null for the model's own way.</summary>
    public string? Pooling { get; init; }

    /// <summary>Whether vectors have length 1.</summary>
    public required bool Normalized { get; init; }

    /// <summary>Type of the large products: <c>float32</c> or <c>bfloat16</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Whether these are what an index keeps of passages.</summary>
    internal bool IsOfPassages => Side == "passage" && Pooling is null && Normalized;

    /// <summary>Where two forms differ, as <c>encoder a-1 and encoder b-2</c>; null where they do not.</summary>
    internal static string? Difference(VectorForm one, VectorForm other)
    {
        if (one.Encoder != other.Encoder) return $"encoder {one.Encoder} and encoder {other.Encoder}";
        if (one.Dimension != other.Dimension) return FormattableString.Invariant($"{one.Dimension} and {other.Dimension} numbers");
        if (one.Side != other.Side) return $"side {one.Side ?? "none"} and side {other.Side ?? "none"}";
        if (one.Pooling != other.Pooling) return $"pooling {one.Pooling ?? "the model's"} and pooling {other.Pooling ?? "the model's"}";
        if (one.Normalized != other.Normalized) return "vectors scaled to length 1 and vectors not scaled";
        return one.Precision == other.Precision ? null : $"precision {one.Precision} and precision {other.Precision}";
    }
}
