using Dragoman.Tensors.Modules;

namespace Dragoman.Tensors.Optimisation;

/// <summary>Parameters that share a learning rate and a decay.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="LearningRate">Step length, 0 or more.</param>
/// <param name="WeightDecay">Share of each weight removed per step, times the learning rate; 0 or more.</param>
public sealed record ParameterGroup(IReadOnlyList<Parameter> Parameters, double LearningRate, double WeightDecay)
{
    /// <summary>Two groups: matrices and tables decay, biases and the scales and shifts of LayerNorm do not.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="learningRate">Step length of both groups.</param>
    /// <param name="weightDecay">Decay of the first group.</param>
    public static IReadOnlyList<ParameterGroup> WithoutDecayOnBiases(IEnumerable<Parameter> parameters, double learningRate, double weightDecay)
    {
        var groups = parameters.ToLookup(parameter => parameter.Value.Dimensions > 1);
        return [new([.. groups[true]], learningRate, weightDecay), new([.. groups[false]], learningRate, 0)];
    }
}
