using Dragoman.Tensors;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.Adversarial;

/// <summary>What is added to the embeddings' output of each of a batch's sequences. Padding is never touched. Tensors belong to the scope under way.</summary>
/// <remarks>Lengths are Euclidean, over all values of a sequence.</remarks>
internal sealed class Perturbations
{
    private readonly AdversarialSettings _settings;
    private readonly Tensor[] _masks;                       // [B, T, 1]
    private readonly Tensor[] _units;                       // [B, 1, 1]
    private readonly long _width;

    /// <summary>Begins without any.</summary>
    /// <param name="passes">The batch.</param>
    /// <param name="settings">The lengths.</param>
    internal Perturbations(SequencePasses passes, AdversarialSettings settings)
    {
        (_settings, _width) = (settings, passes.Width);
        _masks = [.. passes.Masks.Select(mask => mask.Unsqueeze(-1))];
        _units = settings.IsRelative ? [.. passes.TokenLengths().Select((mean, part) => Unit(mean, passes.Masks[part]))] : [.. passes.Masks.Select(mask => Tensor.Ones([mask.Size(0), 1, 1], DType.Float32, mask.Device))];
        Added = [.. passes.Masks.Select(mask => Tensor.Zeros([mask.Size(0), mask.Size(1), _width], DType.Float32, mask.Device))];
    }

    /// <summary>What is added now, by part, shape [B, T, H].</summary>
    internal IReadOnlyList<Tensor> Added { get; private set; }

    /// <summary>Records the gradients by what is added from now on.</summary>
    internal Perturbations WithGrad()
    {
        Added = [.. Added.Select(added => added.Detach().WithGrad())];
        return this;
    }

    /// <summary>Begins at random, uniform within ±start/√(L·H): FreeLB, section 3.2, as released.</summary>
    internal void DrawUniform() => Change((added, part) =>
    {
        var values = _masks[part].Sum(1, keepDimension: true).ClampMin(1) * _width;                                    // [B, 1, 1], L·H
        return (Tensor.Rand([.. added.Shape], DType.Float32, added.Device) * 2 - 1) * (_units[part] * _settings.Start / values.Sqrt());
    });

    /// <summary>Begins at random, normal with a standard deviation of start.</summary>
    internal void DrawNormal() => Change((added, part) => (_settings.Noise?.Invoke(added.Shape) ?? Tensor.Randn([.. added.Shape], DType.Float32, added.Device)) * (_units[part] * _settings.Start));

    /// <summary>Moves each sequence along its gradient, by a length.</summary>
    /// <param name="length">The length, in units of the sequence.</param>
    internal void Move(double length) => Change((added, part) => added + Direction(added.Grad!) * (_units[part] * length));

    /// <summary>Brings sequences that were moved further than the radius back to it.</summary>
    internal void Project() => Change((added, part) =>
    {
        var length = added.Flatten(1).Norm(1, keepDimension: true).Unsqueeze(-1);                                      // [B, 1, 1]
        return added * (_units[part] * _settings.Epsilon / length.ClampMin(1e-30)).ClampMax(1);
    });

    /// <summary>Moves along the gradient by the largest value, and scales each token so that its largest value is ε: SMART's inf-norm, as released, brought to an explicit size.</summary>
    internal void MoveByLargest() => Change((added, part) =>
    {
        var gradient = added.Grad!;
        var moved = added + gradient / Largest(gradient.Flatten(1)).Unsqueeze(-1) * (_units[part] * _settings.Step);   // [B, T, H]
        return moved / Largest(moved) * (_units[part] * _settings.Epsilon);
    });

    private void Change(Func<Tensor, int, Tensor> change)
    {
        using var off = NoGrad.Begin();
        Added = [.. Added.Select((added, part) => (change(added, part) * _masks[part]).Detach())];
    }

    /// <summary>Length 1 by sequence; 0 where the gradient is 0. Divided by the largest value first, as the squares of small ones are 0.</summary>
    private static Tensor Direction(Tensor gradient)
    {
        var flat = gradient.Flatten(1);
        flat = flat / Largest(flat);
        return (flat / flat.Norm(1, keepDimension: true).ClampMin(1)).View([.. gradient.Shape]);
    }

    /// <summary>The largest absolute value along the last dimension; 1 where all are 0.</summary>
    private static Tensor Largest(Tensor values)
    {
        var largest = values.Abs().Max(values.Dimensions - 1, keepDimension: true).Values;
        return Tensor.Where(largest.Eq(0), largest.OnesLike(), largest);
    }

    /// <summary>√L times the tokens' mean length, or that mean over √H, shape [B, 1, 1].</summary>
    private Tensor Unit(Tensor mean, Tensor mask)
    {
        var unit = _settings.Method == AdversarialMethod.Smart ? mean / Math.Sqrt(_width) : mean * mask.Sum(1).Sqrt();
        return unit.To(DType.Float32).View(-1, 1, 1);
    }
}
