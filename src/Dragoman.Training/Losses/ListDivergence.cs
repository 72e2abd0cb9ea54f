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

    /// <summary>KL(p‖q) + KL(q‖p) of softmax(s/τ) over the same lists with two sets of scores, shape [B].</summary>
    /// <param name="first">The lists with one set.</param>
    /// <param name="second">The lists with the other.</param>
    /// <param name="temperature">τ.</param>
    internal static Tensor Symmetric(MaskedLists first, MaskedLists second, double temperature = 1)
    {
        var (p, q) = (first.LogSoftmax(first.Scores, temperature), second.LogSoftmax(second.Scores, temperature));                     // [B, P]
        return MaskedLists.Sum((p.Exp() - q.Exp()) * (p - q), first.Real);
    }

    /// <summary>The mean over the lists of <see cref="Symmetric(MaskedLists, MaskedLists, double)"/>, shape [].</summary>
    /// <param name="first">The lists with one set of scores.</param>
    /// <param name="second">The lists with the other.</param>
    internal static Tensor Symmetric(CandidateLists first, CandidateLists second) =>
        Symmetric(MaskedLists.Of(first, needsTeacher: false), MaskedLists.Of(second, needsTeacher: false)).Mean();

    /// <summary>Whether a list has two candidates, shape [B].</summary>
    internal static Tensor HasTwo(MaskedLists lists) => MaskedLists.Count(lists.Real, DType.Int64).Ge(2);
}
