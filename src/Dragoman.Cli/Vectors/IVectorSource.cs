namespace Dragoman.Cli.Vectors;

/// <summary>Whatever turns texts into vectors for <c>dragoman encode</c>.</summary>
internal interface IVectorSource : IDisposable
{
    /// <summary>What decides the vectors.</summary>
    VectorForm Form { get; }

    /// <summary>Encodes N texts into N·Dimension floats, row by row.</summary>
    void Encode(IReadOnlyList<string> texts, Span<float> vectors, CancellationToken cancellationToken);
}
