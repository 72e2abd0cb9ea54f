using System.Globalization;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;

namespace Dragoman.Training.Fitting;

/// <summary>Sorts a transformer's parameters into groups by learning rate: the head, each layer, the embeddings; and freezes what stays as it is.</summary>
internal static class ParameterRates
{
    private const string Layer = "encoder.layer.", Embeddings = "embeddings.";

    /// <summary>The groups of what is trained; parameters of frozen layers stop recording gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">The rates.</param>
    internal static IReadOnlyList<ParameterGroup> Groups(Module model, FitSettings settings)
    {
        var layers = model.Parameters.Max(parameter => LayerOf(parameter.Name)) + 1;
        foreach (var parameter in model.Parameters)
        {
            if (LayerOf(parameter.Name) is { } layer && layer < settings.FrozenLayers && settings.FrozenLayers > 0) parameter.Value.RequiresGrad = false;
        }
        return
        [
            .. model.Parameters.Where(parameter => parameter.Value.RequiresGrad)
                .GroupBy(parameter => LayerOf(parameter.Name))
                .OrderBy(group => group.Key ?? int.MaxValue)
                .SelectMany(group => ParameterGroup.WithoutDecayOnBiases(group, Rate(group.Key, layers ?? 0, settings), settings.WeightDecay))
                .Where(group => group.Parameters.Count > 0),
        ];
    }

    /// <summary>The layer a parameter belongs to: -1 for the embeddings, null for what is put on the encoder.</summary>
    /// <param name="name">The parameter's key.</param>
    internal static int? LayerOf(string name)
    {
        var at = name.IndexOf(Layer, StringComparison.Ordinal);
        if (at >= 0)
        {
            var number = name.AsSpan(at + Layer.Length);
            return int.Parse(number[..number.IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);
        }
        return name.StartsWith(Embeddings, StringComparison.Ordinal) || name.Contains("." + Embeddings, StringComparison.Ordinal) ? -1 : null;
    }

    private static double Rate(int? layer, int layers, FitSettings settings) =>
        layer is not { } number ? settings.HeadLearningRate ?? settings.LearningRate : settings.LearningRate * Math.Pow(settings.LayerDecay, layers - 1 - number);
}
