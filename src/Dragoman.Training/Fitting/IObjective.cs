using System.Text.Json.Nodes;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Fitting;

/// <summary>What a batch gave.</summary>
/// <param name="Loss">Mean loss of its items, by their weights.</param>
/// <param name="Numbers">More numbers by name, each a mean over the items: accuracy and the like. The same names in every batch.</param>
internal sealed record BatchOutcome(double Loss, IReadOnlyList<(string Name, double Value)> Numbers);

/// <summary>
/// What a model is fitted to: the items of an epoch and the loss of a batch of them. What it does in an epoch must follow from seed and epoch alone, so that a run that was interrupted goes on
/// as if it had not been; random numbers of the engine (dropout) are seeded for every step by the caller.
/// </summary>
internal interface IObjective
{
    /// <summary>What is trained, with whatever stands around the model (a learned temperature).</summary>
    Module Model { get; }

    /// <summary>Items of an epoch, 1 or more: of every one, or of the largest where epochs differ.</summary>
    int Count { get; }

    /// <summary>Makes the items of an epoch ready.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    void Begin(int epoch, CancellationToken cancellationToken);

    /// <summary>The epoch's items in the order of its batches.</summary>
    /// <param name="epoch">The epoch that was begun last.</param>
    /// <param name="batchSize">Items a batch.</param>
    /// <returns>Every item once.</returns>
    IReadOnlyList<int[]> Batches(int epoch, int batchSize);

    /// <summary>How much items count together in the mean loss.</summary>
    /// <param name="items">The items.</param>
    /// <returns>0 or more; their number where each counts 1.</returns>
    double Weight(IReadOnlyList<int> items) => items.Count;

    /// <summary>Adds the gradient of a batch's mean loss, times a weight, to the parameters' gradients.</summary>
    /// <param name="items">The batch.</param>
    /// <param name="weight">The weight, 0 or more.</param>
    /// <returns>What it gave, whatever the weight.</returns>
    BatchOutcome Backward(IReadOnlyList<int> items, double weight);

    /// <summary>Called after every step of the optimiser: brings back what may have left its range.</summary>
    void AfterStep();

    /// <summary>Names items for people: the ids of their queries, and of their passages where there is room.</summary>
    /// <param name="items">The items.</param>
    string Describe(IReadOnlyList<int> items);

    /// <summary>Names every item for programs: the ids of its query and its passages.</summary>
    /// <param name="items">The items.</param>
    JsonArray Ids(IReadOnlyList<int> items) => [.. items.Select(item => (JsonNode)item)];
}
