using Dragoman.Tensors;

namespace Dragoman.Training.Fitting;

/// <summary>Brings together what several workers made of their shares of a batch. All workers call it, in the same order.</summary>
internal interface IOutputExchange
{
    /// <summary>The outputs of all workers, in the order that one alone would have them in, without a graph.</summary>
    /// <param name="own">This worker's, in the order of its sequences; null when it has none.</param>
    Tensor Gather(Tensor? own);

    /// <summary>The rows of this worker's outputs.</summary>
    /// <param name="whole">A row for each output of all workers.</param>
    Tensor OwnRows(Tensor whole);
}
