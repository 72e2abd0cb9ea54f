using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Models;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Fitting;

/// <summary>What a person needs to know when a loss or a gradient is no longer a number: at which texts, in which layer and parameter first, what went before, what is left and what to try.</summary>
/// <param name="objective">What is trained, with the gradients as they are.</param>
/// <param name="settings">How.</param>
/// <param name="checkpoint">What is left.</param>
/// <param name="recent">What went before.</param>
internal sealed class FailureReport(IObjective objective, FitSettings settings, FitCheckpoint checkpoint, RecentSteps recent)
{
    private const int MostRunAgain = 512;
    private const double Suspicious = 5;

    /// <summary>A failure in one sentence, in lines for people, and as an entry of the log.</summary>
    internal sealed record Told(string Sentence, IReadOnlyList<string> Lines, JsonObject Entry);

    /// <summary>Looks into a failure. Gradients are lost over it, weights are not.</summary>
    /// <param name="value">What is no number.</param>
    /// <param name="what"><c>loss</c> or <c>gradient</c>.</param>
    /// <param name="batch">The items it was computed for.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="rate">Its learning rate.</param>
    internal Told Of(double value, string what, IReadOnlyList<int> batch, long step, double rate)
    {
        var weights = objective.Model.Parameters.Where(parameter => !IsFinite(parameter.Value)).Select(parameter => parameter.Name).ToList();
        var layers = LayerMovement.NotFinite(objective.Model);
        // Gradients flow from the loss downwards: the parameter nearest to it, which is registered last, lost its gradient first. Without a loss all of them are lost.
        var parameter = what == "loss" ? weights.FirstOrDefault() : objective.Model.Parameters.LastOrDefault(candidate => candidate.Value.Grad is { } gradient && !IsFinite(gradient))?.Name;
        var part = FirstPart(batch, step);
        var alone = batch.Count is > 1 and <= MostRunAgain ? batch.Where(item => FailsAlone(item, step)).ToList() : [];
        objective.Model.ZeroGrad();

        var culprits = batch.Count == 1 ? batch : alone;
        var where = layers.Count == 0 ? "every layer's gradient is still a number" : $"no longer a number are the gradients of {string.Join(", ", layers)}{(what == "loss" || parameter is null ? "" : $", first that of {parameter}")}";
        if (part is not null) where = $"the first part of the model that gives no number is {part}; {where}";
        var kept = checkpoint.Newest is { } newest ? $"the last good checkpoint is in {newest}" : "there is no checkpoint yet";
        var advice = Advice(weights, culprits).ToList();
        var named = culprits.Count > 0 && culprits.Count < batch.Count ? $"{objective.Describe(culprits)} (alone; the batch has {batch.Count})" : objective.Describe(batch);
        var sentence = string.Create(CultureInfo.InvariantCulture, $"The {what} is {value} at step {step}, for {named}; {where}; {kept}. {advice[0]}");
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"Training went wrong at step {step}: the {what} is {value}."),
            Line("batch", objective.Describe(batch)),
            .. batch.Count == 1 ? [] : new[] { Line("alone", culprits.Count == 0 ? $"no {(batch.Count > MostRunAgain ? "item was run alone, there are too many" : "item fails when it is run alone")}" : objective.Describe(culprits)) },
            Line("forward", part is null ? "every layer gives numbers when the batch is run again" : $"the first that gives none is: {part}"),
            Line("gradient", layers.Count == 0 ? "all are numbers" : $"no numbers in {string.Join(", ", layers)}{(what == "loss" || parameter is null ? "" : $"; first in {parameter}")}"),
            Line("weights", weights.Count == 0 ? "all are numbers" : $"no longer numbers: {Listed(weights)}"),
            Line("this step", string.Create(CultureInfo.InvariantCulture, $"rate {rate:0.00e+00}, {PrecisionChoice.Resolve(settings.Precision, DeviceKind.Cpu).ToString().ToLowerInvariant()}, clip_norm {settings.ClipNorm}")),
            .. recent.Lines.Select((line, at) => Line(at == 0 ? "before" : "", line)),
            Line("kept", kept),
            .. advice.Select((text, at) => Line(at == 0 ? "try" : "", text)),
        ];
        var entry = new JsonObject
        {
            ["step"] = step, ["text"] = sentence, ["what"] = what, ["value"] = value.ToString(CultureInfo.InvariantCulture), ["rate"] = rate, ["items"] = objective.Ids(batch), ["alone"] = objective.Ids(culprits),
            ["part"] = part, ["layers"] = Strings(layers), ["parameter"] = parameter, ["weights"] = Strings(weights), ["checkpoint"] = checkpoint.Newest, ["advice"] = Strings(advice),
            ["before"] = new JsonArray([.. recent.All.Select(past => new JsonObject { ["step"] = past.Step, ["loss"] = past.Loss, ["learning_rate"] = past.Rate, ["gradient"] = past.Gradient })]),
        };
        return new Told(sentence, lines, entry);
    }

    private IEnumerable<string> Advice(List<string> weights, IReadOnlyList<int> culprits)
    {
        if (weights.Count > 0) yield return "The weights were lost before this step: begin anew with a lower training.learning_rate; if it is the first step, look at the model folder that training starts from.";
        else if (recent.Growth >= Suspicious) yield return string.Create(CultureInfo.InvariantCulture, $"The last gradient was {recent.Growth:0} times as long as usual: lower training.learning_rate from {settings.LearningRate:0.###e0} to {settings.LearningRate / 3:0.#e0}, or warm up for longer.");
        else if (culprits.Count > 0) yield return $"Look at the texts of {objective.Describe(culprits)}, or leave them out: with these weights they fail whatever stands beside them.";
        if (settings.ClipNorm == 0) yield return "Set training.clip_norm: 1, which bounds what one batch can do.";
        if (PrecisionChoice.Resolve(settings.Precision, DeviceKind.Cpu) != Precision.Float32) yield return "Set training.precision: float32; if that helps, bfloat16's rounding was the reason.";
        yield return string.Create(CultureInfo.InvariantCulture, $"Lower training.learning_rate ({settings.LearningRate:0.###e0}).");
        yield return checkpoint.Newest is { } newest
            ? $"With the same settings --resume comes to the same step and fails again; what was learned until then is {Path.Combine(newest, "weights.safetensors")}."
            : "Set training.checkpoint_steps, so that something is left next time.";
    }

    /// <summary>The first part of the model, in the order of the forward pass, that gives something that is no number.</summary>
    private string? FirstPart(IReadOnlyList<int> batch, long step)
    {
        string? found = null;
        using var probe = ForwardProbe.Begin((part, output) => found ??= IsFinite(output) ? null : part);
        Rerun(batch, step);
        return found;
    }

    private bool FailsAlone(int item, long step) =>
        Rerun([item], step) is { } loss && (!double.IsFinite(loss) || objective.Model.Parameters.Any(parameter => parameter.Value.Grad is { } gradient && !IsFinite(gradient)));

    /// <summary>The loss of a batch with the step's random numbers; null when it cannot be computed.</summary>
    private double? Rerun(IReadOnlyList<int> batch, long step)
    {
        objective.Model.ZeroGrad();
        Torch.ManualSeed(unchecked((settings.Seed * 1_000_003L) + step - 1));
        try
        {
            return objective.Backward(batch, 1).Loss;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What is told is the failure that was there first.
            return null;
        }
    }

    private static bool IsFinite(Tensor tensor)
    {
        using var off = NoGrad.Begin();
        using var scope = TensorScope.Begin();
        return double.IsFinite(tensor.Detach().Norm().Item());
    }

    private static string Line(string name, string text) => $"  {name,-10} {text}";

    private static string Listed(List<string> names) => string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    private static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
