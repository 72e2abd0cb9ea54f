namespace Dragoman.Tensors.Optimisation;

/// <summary>The parts of a gradient that holds only the rows used.</summary>
internal static class SparseRows
{
    private static readonly Operator CoalesceOperator = new("aten::coalesce"), IndicesOperator = new("aten::_indices"), ValuesOperator = new("aten::_values");

    /// <summary>Each row once, summed.</summary>
    internal static Tensor Coalesce(Tensor sparse) => CoalesceOperator.Call(sparse);

    /// <summary>Numbers of the rows, int64, shape [n].</summary>
    internal static Tensor Indices(Tensor coalesced) => IndicesOperator.Call(coalesced).Select(0, 0);

    /// <summary>The rows, shape [n, …]; shares memory with the gradient.</summary>
    internal static Tensor Values(Tensor coalesced) => ValuesOperator.Call(coalesced);
}
