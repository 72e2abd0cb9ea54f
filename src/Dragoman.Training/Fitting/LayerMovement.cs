using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.Fitting;

/// <summary>
/// How much each layer's gradient and step weigh: a layer whose gradient is 0 is frozen, whether that was wanted or not, and a healthy step moves weights by about a thousandth of their length.
/// </summary>
internal sealed class LayerMovement : IDisposable
{
    private readonly IReadOnlyList<(string Layer, Parameter[] Parameters)> _layers;
    private readonly Dictionary<string, Tensor> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _gradients = new(StringComparer.Ordinal);

    /// <summary>Takes the gradients and the weights as they are before a step.</summary>
    /// <param name="model">The model.</param>
    internal LayerMovement(Module model)
    {
        _layers = ByLayer(model);
        using var off = NoGrad.Begin();
        foreach (var (layer, parameters) in _layers)
        {
            using var scope = TensorScope.Begin();
            _gradients[layer] = Length(parameters.Select(parameter => parameter.Value.Grad).OfType<Tensor>());
            foreach (var parameter in parameters) _before[parameter.Name] = parameter.Value.Detach().Clone().Unscoped();
        }
    }

    /// <summary>Names of layers with a gradient that is no number; empty when all are sound.</summary>
    /// <param name="model">The model after a backward pass.</param>
    internal static IReadOnlyList<string> NotFinite(Module model)
    {
        using var off = NoGrad.Begin();
        using var scope = TensorScope.Begin();
        return [.. ByLayer(model).Where(layer => !double.IsFinite(Length(layer.Parameters.Select(parameter => parameter.Value.Grad).OfType<Tensor>()))).Select(layer => layer.Layer)];
    }

    /// <summary>Per layer, the length of its gradient and of its step over that of its weights.</summary>
    internal JsonObject AfterStep()
    {
        using var off = NoGrad.Begin();
        var report = new JsonObject();
        foreach (var (layer, parameters) in _layers)
        {
            using var scope = TensorScope.Begin();
            var (moved, length) = (Length(parameters.Select(parameter => parameter.Value.Detach() - _before[parameter.Name])), Length(parameters.Select(parameter => _before[parameter.Name])));
            report[layer] = new JsonObject { ["gradient"] = _gradients[layer], ["update_ratio"] = length == 0 ? 0 : moved / length };
        }
        return report;
    }

    public void Dispose()
    {
        foreach (var tensor in _before.Values) tensor.Dispose();
    }

    private static List<(string Layer, Parameter[] Parameters)> ByLayer(Module model) =>
        [.. model.Parameters.GroupBy(parameter => ParameterRates.LayerOf(parameter.Name)).OrderBy(group => group.Key ?? int.MaxValue).Select(group => (Name(group.Key), group.ToArray()))];

    private static string Name(int? layer) => layer switch { null => "head", -1 => "embeddings", { } number => "layer " + number.ToString(CultureInfo.InvariantCulture) };

    private static double Length(IEnumerable<Tensor> tensors) => Math.Sqrt(tensors.Sum(tensor => Math.Pow(tensor.Norm().Item(), 2)));
}
