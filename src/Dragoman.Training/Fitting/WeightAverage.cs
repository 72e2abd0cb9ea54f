using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Weights;

namespace Dragoman.Training.Fitting;

/// <summary>The exponentially weighted running mean of a model's weights (Polyak and Juditsky, 1992; with decay as in Tarvainen and Valpola, 2017): m ← d·m + (1 − d)·w, d = min(decay, (1 + n)/(10 + n)) at step n.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Tensor[] _means;
    private readonly double _decay;

    /// <summary>Begins with the weights as they are.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decay">The decay, within (0, 1).</param>
    internal WeightAverage(Module model, double decay)
    {
        _decay = decay;
        _parameters = [.. model.Parameters.Where(parameter => parameter.Value.RequiresGrad)];
        using var off = NoGrad.Begin();
        _means = [.. _parameters.Select(parameter => parameter.Value.Detach().Clone().Unscoped())];
    }

    /// <summary>Takes the weights of a step in.</summary>
    /// <param name="step">Steps taken, from 1.</param>
    internal void Update(long step)
    {
        using var off = NoGrad.Begin();
        var decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        for (var place = 0; place < _means.Length; place++)
        {
            using var scope = TensorScope.Begin();
            _means[place].CopyInPlace(_means[place] * decay + _parameters[place].Value.Detach() * (1 - decay));
        }
    }

    /// <summary>Puts means into the model and the weights in their place, or the other way round.</summary>
    internal void Swap()
    {
        using var off = NoGrad.Begin();
        for (var place = 0; place < _means.Length; place++)
        {
            using var scope = TensorScope.Begin();
            var weights = _parameters[place].Value.Detach().Clone();
            _parameters[place].Value.CopyInPlace(_means[place]);
            _means[place].CopyInPlace(weights);
        }
    }

    /// <summary>The means as entries of a weight file, under the parameters' keys.</summary>
    internal IReadOnlyList<WeightEntry> State() => [.. _parameters.Select((parameter, place) => WeightEntry.From(parameter.Name, _means[place]))];

    /// <summary>Puts back what <see cref="State"/> gave.</summary>
    /// <param name="source">The weight file.</param>
    internal void Load(IWeightSource source)
    {
        using var off = NoGrad.Begin();
        for (var place = 0; place < _means.Length; place++)
        {
            using var scope = TensorScope.Begin();
            var info = source.Info(_parameters[place].Name);
            _means[place].CopyInPlace(Tensor.FromBytes(source.Bytes(_parameters[place].Name), info.Type, [.. info.Shape]));
        }
    }

    public void Dispose()
    {
        foreach (var mean in _means) mean.Dispose();
    }
}
