using Dragoman.Collections.Errors;

namespace Dragoman.Tensors.Errors;

/// <summary>libtorch refused an operation. The message holds the operator, the arguments' shapes and libtorch's own words.</summary>
public sealed class TensorOperatorException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="operatorName">The operator with its overload: <c>aten::add.Tensor</c>, or the bridge's function.</param>
    /// <param name="arguments">The arguments as text, tensors as type and shape: <c>float32[2, 3]</c>.</param>
    /// <param name="problem">What libtorch said.</param>
    public TensorOperatorException(string operatorName, IReadOnlyList<string> arguments, string problem)
        : base($"{operatorName}({string.Join(", ", arguments)}): {problem}")
    {
        OperatorName = operatorName;
        Arguments = arguments;
        Problem = problem;
    }

    /// <summary>The operator with its overload, such as <c>aten::add.Tensor</c>.</summary>
    public string OperatorName { get; }

    /// <summary>The arguments as text; a tensor is its type and shape, such as <c>float32[2, 3]</c>.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>What libtorch said, without a backtrace.</summary>
    public string Problem { get; }
}
