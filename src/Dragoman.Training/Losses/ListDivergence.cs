using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Kullback-Leibler divergences between distributions over candidate lists.</summary>
internal static class ListDivergence
{
    /// <summary>Σᵢ pᵢ (log pᵢ − log qᵢ) over each list's candidates, shape [B].</summary>
    /// <param name="lists">Which are candidates.</param>
    /// <param name="logP">log p, shape [B, P].</param>
    /// <param name="logQ">log q, shape [B, P].</param>
    internal static Tensor Kl(MaskedLists lists, Tensor logP, Tensor logQ) => MaskedLists.Sum(logP.Exp() * (logP - logQ), lists.Real);

    /// <summary>Whether a list has two candidates, shape [B].</summary>
    internal static Tensor HasTwo(MaskedLists lists) => MaskedLists.Count(lists.Real, DType.Int64).Ge(2);
}
