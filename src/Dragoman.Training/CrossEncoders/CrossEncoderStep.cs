using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Losses;

namespace Dragoman.Training.CrossEncoders;

/// <summary>What one step saw.</summary>
/// <param name="Loss">The batch's loss before the step.</param>
/// <param name="Accuracy">Share of groups whose positive scores above all of its negatives.</param>
/// <param name="GradientNorm">Length of the gradient before clipping.</param>
public sealed record StepOutcome(double Loss, double Accuracy, double GradientNorm);

/// <summary>One optimiser step of a cross-encoder: score the groups, compare, go back, clip, move.</summary>
/// <param name="model">The model, in training.</param>
/// <param name="optimiser">Its optimiser.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="clipNorm">Longest gradient.</param>
/// <param name="precision">Type of the matrix products.</param>
public sealed class CrossEncoderStep(SequenceClassifier model, AdamW optimiser, IRankingLoss loss, double clipNorm, Precision precision)
{
    /// <summary>Takes a step.</summary>
    /// <param name="groups">B groups of P encoded pairs each, the positive first.</param>
    /// <param name="rateFactor">What the learning rates are multiplied by.</param>
    /// <returns>What it saw.</returns>
    /// <exception cref="DragomanException">Loss or gradient is no number; nothing was moved.</exception>
    public StepOutcome Take(IReadOnlyList<EncodedText[]> groups, double rateFactor)
    {
        ArgumentNullException.ThrowIfNull(groups);
        using var scope = TensorScope.Begin();
        optimiser.ZeroGrad();
        using var batch = TokenBatch.Pad([.. groups.SelectMany(group => group).Select(pair => new TokenSequence(pair.Ids, pair.TypeIds))], model.Encoder.Config.PadTokenId);
        Tensor scores;
        using (PrecisionChoice.Begin(precision, DeviceKind.Cpu)) scores = model.Forward(batch).View(groups.Count, groups[0].Length);       // [B, P]
        var compared = loss.Forward(scores);
        compared.Backward();
        var norm = GradientClipping.ByNorm(optimiser.Parameters, clipNorm);
        var value = compared.Item();
        if (!double.IsFinite(value) || !double.IsFinite(norm))
            throw new DragomanException(FormattableString.Invariant($"The loss is {value} and its gradient's length {norm} at step {optimiser.Steps + 1}; lower training.learning_rate, or use training.precision float32."));
        optimiser.Step(rateFactor);
        return new StepOutcome(value, Accuracy(scores), norm);
    }

    private static double Accuracy(Tensor scores)
    {
        var (rows, columns) = ((int)scores.Size(0), (int)scores.Size(1));
        var values = scores.Detach().ToArray<float>();
        var right = 0;
        for (var row = 0; row < rows; row++) right += values.AsSpan(row * columns + 1, columns - 1).IndexOfAnyInRange(values[row * columns], float.PositiveInfinity) < 0 ? 1 : 0;
        return (double)right / rows;
    }
}
