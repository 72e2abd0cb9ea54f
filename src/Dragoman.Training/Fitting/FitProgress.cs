using System.Text.Json.Nodes;

namespace Dragoman.Training.Fitting;

/// <summary>How far a run has come. With the weights and the optimiser's state it is all that is needed to go on bit by bit.</summary>
internal sealed record FitProgress
{
    /// <summary>Epochs done.</summary>
    internal int Epoch { get; init; }

    /// <summary>Optimiser steps done in the epoch under way.</summary>
    internal int StepInEpoch { get; init; }

    /// <summary>Optimiser steps done.</summary>
    internal long Step { get; init; }

    /// <summary>Items seen in the epoch under way.</summary>
    internal int Seen { get; init; }

    /// <summary>Sums over those items of the loss and of the other numbers, by name.</summary>
    internal IReadOnlyList<(string Name, double Sum)> Sums { get; init; } = [];

    /// <summary>The epoch with the best dev measure; 0 when none was measured.</summary>
    internal int BestEpoch { get; init; }

    /// <summary>Steps done when it was measured.</summary>
    internal long BestStep { get; init; }

    /// <summary>Its dev measure.</summary>
    internal double Best { get; init; }

    /// <summary>One entry per epoch: epoch, loss, other numbers, and the dev measures.</summary>
    internal JsonArray History { get; init; } = [];

    internal JsonObject ToJson() => new()
    {
        ["epoch"] = Epoch,
        ["step_in_epoch"] = StepInEpoch,
        ["step"] = Step,
        ["seen"] = Seen,
        ["sums"] = new JsonObject(Sums.Select(sum => KeyValuePair.Create<string, JsonNode?>(sum.Name, sum.Sum))),
        ["best_epoch"] = BestEpoch,
        ["best_step"] = BestStep,
        ["best"] = Best,
        ["history"] = History.DeepClone(),
    };

    internal static FitProgress FromJson(JsonObject state) => new()
    {
        Epoch = state["epoch"]!.GetValue<int>(),
        StepInEpoch = state["step_in_epoch"]!.GetValue<int>(),
        Step = state["step"]!.GetValue<long>(),
        Seen = state["seen"]!.GetValue<int>(),
        Sums = [.. state["sums"]!.AsObject().Select(sum => (sum.Key, sum.Value!.GetValue<double>()))],
        BestEpoch = state["best_epoch"]!.GetValue<int>(),
        BestStep = state["best_step"]!.GetValue<long>(),
        Best = state["best"]!.GetValue<double>(),
        History = state["history"]!.DeepClone().AsArray(),
    };
}
