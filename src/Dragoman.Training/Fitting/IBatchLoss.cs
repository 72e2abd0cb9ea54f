using Dragoman.Tensors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Fitting;

/// <summary>What is made of a model's outputs for a batch: a row, or a number, for each of its sequences.</summary>
internal interface IBatchLoss
{
    /// <summary>The loss of each of the batch's lists.</summary>
    /// <param name="outputs">The outputs, in the order of the sequences.</param>
    LossOutcome Compare(Tensor outputs);

    /// <summary>The lists with the scores whose distributions passes are compared by.</summary>
    /// <param name="outputs">The outputs.</param>
    CandidateLists Lists(Tensor outputs);

    /// <summary>What is minimised: the lists' mean, and whatever else the outputs are compared with. Shape [].</summary>
    /// <param name="compared">The lists' losses.</param>
    /// <param name="outputs">The outputs.</param>
    Tensor Total(LossOutcome compared, Tensor outputs) => compared.Mean();
}
