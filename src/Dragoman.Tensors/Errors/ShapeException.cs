using Dragoman.Collections.Errors;

namespace Dragoman.Tensors.Errors;

/// <summary>A tensor has another shape than the operation needs.</summary>
public sealed class ShapeException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="subject">What has the shape: a parameter's name or what the tensor means.</param>
    /// <param name="expected">The shape needed, as letters or numbers: <c>B T H</c> or <c>[2, 3]</c>.</param>
    /// <param name="actual">The shape found.</param>
    public ShapeException(string subject, string expected, IReadOnlyList<long> actual)
        : base($"{subject} has shape [{string.Join(", ", actual)}]; expected [{expected}].")
    {
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The shape needed, as letters or numbers.</summary>
    public string Expected { get; }

    /// <summary>The shape found.</summary>
    public IReadOnlyList<long> Actual { get; }
}
