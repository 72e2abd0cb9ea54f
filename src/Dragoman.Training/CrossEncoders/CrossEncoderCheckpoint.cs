using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;

namespace Dragoman.Training.CrossEncoders;

/// <summary>How far a run has come.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="BestEpoch">The epoch with the best dev measure; 0 when none was measured.</param>
/// <param name="Best">Its dev measure.</param>
/// <param name="History">One entry per epoch: epoch, loss, accuracy, and the dev measures.</param>
internal sealed record CrossEncoderProgress(int Epoch, long Step, int BestEpoch, double Best, JsonArray History);

/// <summary>
/// The folder beside the output where a run is kept after every epoch: weights, optimiser state, the best epoch's weights, then <c>state.json</c>, last, which names
/// the epoch whose files count. Random numbers start anew from seed and epoch, so that nothing else is needed to go on bit by bit.
/// </summary>
internal sealed class CrossEncoderCheckpoint(string folder, string fingerprint)
{
    private string State => Path.Combine(folder, "state.json");

    private string Best => Path.Combine(folder, "best.safetensors");

    internal void Save(SequenceClassifier model, AdamW optimiser, CrossEncoderProgress progress)
    {
        Directory.CreateDirectory(folder);
        ModuleWeights.Save(model, Weights(progress.Epoch));
        SafetensorsWriter.Write(Optimiser(progress.Epoch), optimiser.State());
        if (progress.BestEpoch == progress.Epoch) ModuleWeights.Save(model, Best + ".new");
        var state = new JsonObject
        {
            ["configuration"] = fingerprint,
            ["epoch"] = progress.Epoch,
            ["step"] = progress.Step,
            ["best_epoch"] = progress.BestEpoch,
            ["best"] = progress.Best,
            ["history"] = progress.History.DeepClone(),
        };
        if (progress.BestEpoch == progress.Epoch) File.Move(Best + ".new", Best, overwrite: true);
        AtomicFile.WriteText(State, writer => writer.WriteLine(state.ToJsonString()));
        foreach (var old in Directory.EnumerateFiles(folder, "epoch-*").Where(path => path != Weights(progress.Epoch) && path != Optimiser(progress.Epoch)).ToList()) File.Delete(old);
    }

    /// <summary>Puts model and optimiser back to where the checkpoint left them.</summary>
    /// <returns>How far that was; null when there is no checkpoint.</returns>
    /// <exception cref="DragomanException">The checkpoint belongs to another configuration.</exception>
    internal CrossEncoderProgress? Load(SequenceClassifier model, AdamW optimiser)
    {
        if (!File.Exists(State)) return null;
        JsonObject state;
        try
        {
            state = JsonNode.Parse(File.ReadAllText(State))!.AsObject();
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(State, 0, "this is not JSON; delete the folder and train without --resume.", failure);
        }
        if (state["configuration"]?.GetValue<string>() != fingerprint)
            throw new DragomanException($"The checkpoint {folder} was made with another configuration or other data; train without --resume to begin anew.");
        var progress = new CrossEncoderProgress(state["epoch"]!.GetValue<int>(), state["step"]!.GetValue<long>(), state["best_epoch"]!.GetValue<int>(),
            state["best"]!.GetValue<double>(), state["history"]!.DeepClone().AsArray());
        using (var weights = WeightFile.Open(Weights(progress.Epoch))) ModuleWeights.Load(model, weights);
        using (var moments = WeightFile.Open(Optimiser(progress.Epoch))) optimiser.Load(moments);
        return progress;
    }

    /// <summary>Puts the best epoch's weights into the model.</summary>
    internal void LoadBest(SequenceClassifier model)
    {
        using var weights = WeightFile.Open(Best);
        ModuleWeights.Load(model, weights);
    }

    internal void Delete()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private string Weights(int epoch) => Path.Combine(folder, FormattableString.Invariant($"epoch-{epoch}.safetensors"));

    private string Optimiser(int epoch) => Path.Combine(folder, FormattableString.Invariant($"epoch-{epoch}.optimiser.safetensors"));
}
