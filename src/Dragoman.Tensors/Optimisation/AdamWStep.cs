using System.Numerics;
using System.Runtime.InteropServices;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors.Optimisation;

/// <summary>
/// One step of AdamW on one tensor. In main memory and float32 it runs in one pass over the four arrays, because the step is bound by memory; elsewhere
/// it is a series of libtorch operators. Both give the same numbers up to rounding.
/// </summary>
internal readonly unsafe record struct AdamWStep
{
    private const int ElementsPerPart = 1 << 16;

    private static readonly Operator Addcmul = new("aten::addcmul_"), Addcdiv = new("aten::addcdiv_");

    internal required double Beta1 { get; init; }

    internal required double Beta2 { get; init; }

    internal required double Epsilon { get; init; }

    /// <summary>What the value is multiplied by first: 1 - rate · decay.</summary>
    internal required double Decay { get; init; }

    /// <summary>rate / (1 - beta1^t).</summary>
    internal required double Size { get; init; }

    /// <summary>√(1 - beta2^t).</summary>
    internal required double SquareCorrection { get; init; }

    internal void Apply(Tensor value, Tensor gradient, Tensor mean, Tensor square)
    {
        if (IsPlain(value) && IsPlain(gradient) && IsPlain(mean) && IsPlain(square) && value.Count <= int.MaxValue) InOnePass(value, gradient, mean, square);
        else ByOperators(value, gradient, mean, square);
    }

    internal void ByOperators(Tensor value, Tensor gradient, Tensor mean, Tensor square)
    {
        value.MulInPlace(Decay);
        mean.MulInPlace(Beta1).AddInPlace(gradient, 1 - Beta1);
        square.MulInPlace(Beta2);
        Addcmul.Do(square, gradient, gradient, 1 - Beta2);
        Addcdiv.Do(value, mean, square.Sqrt() / SquareCorrection + Epsilon, -Size);
    }

    private static bool IsPlain(Tensor tensor)
    {
        var info = tensor.Info();
        return info.Type == DType.Float32 && info.DeviceType == (int)DeviceKind.Cpu && info.IsContiguous != 0;
    }

    private void InOnePass(Tensor value, Tensor gradient, Tensor mean, Tensor square)
    {
        var step = this;
        var count = (int)value.Count;
        fixed (float* v = value.AsSpan<float>(), g = gradient.AsSpan<float>(), m = mean.AsSpan<float>(), s = square.AsSpan<float>())
        {
            var (vp, gp, mp, sp) = ((nint)v, (nint)g, (nint)m, (nint)s);
            var parts = (count + ElementsPerPart - 1) / ElementsPerPart;
            void Part(int part)
            {
                var start = part * ElementsPerPart;
                var length = Math.Min(ElementsPerPart, count - start);
                step.Pass(Window(vp, start, length), Window(gp, start, length), Window(mp, start, length), Window(sp, start, length));
            }
            if (parts <= 1) Part(0);
            else Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Torch.Threads }, Part);
        }
        Bridge.Check(Bridge.Changed(value.Handle), tensors: value);
    }

    private static Span<float> Window(nint start, int offset, int length) => new((float*)start + offset, length);

    private void Pass(Span<float> value, Span<float> gradient, Span<float> mean, Span<float> square)
    {
        var (beta1, beta2, rest1, rest2) = ((float)Beta1, (float)Beta2, (float)(1 - Beta1), (float)(1 - Beta2));
        var (decay, size, correction, epsilon) = ((float)Decay, (float)Size, (float)SquareCorrection, (float)Epsilon);
        var values = MemoryMarshal.Cast<float, Vector<float>>(value);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var means = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var squares = MemoryMarshal.Cast<float, Vector<float>>(square);
        var corrections = new Vector<float>(correction);
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradients[i];
            var m = means[i] * beta1 + g * rest1;
            var s = squares[i] * beta2 + g * g * rest2;
            means[i] = m;
            squares[i] = s;
            values[i] = values[i] * decay - m / (Vector.SquareRoot(s) / corrections + new Vector<float>(epsilon)) * size;
        }
        for (var i = values.Length * Vector<float>.Count; i < value.Length; i++)
        {
            var g = gradient[i];
            mean[i] = mean[i] * beta1 + g * rest1;
            square[i] = square[i] * beta2 + g * g * rest2;
            value[i] = value[i] * decay - mean[i] / (MathF.Sqrt(square[i]) / correction + epsilon) * size;
        }
    }
}
