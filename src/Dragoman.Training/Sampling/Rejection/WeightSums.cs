namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Σw and Σw² of weights given by their logarithms, against the greatest of them.</summary>
internal struct WeightSums()
{
    private double _greatest = double.NegativeInfinity, _sum = 0, _squares = 0;

    /// <summary>(Σw)²/Σw²; 0 while every weight is 0.</summary>
    internal readonly double EffectiveSize => _squares > 0 ? _sum * _sum / _squares : 0;

    /// <summary>log Σw.</summary>
    internal readonly double LogSum => _greatest + Math.Log(_sum);

    internal void Add(double logWeight)
    {
        if (double.IsNegativeInfinity(logWeight)) return;
        if (logWeight > _greatest)
        {
            var scale = Math.Exp(_greatest - logWeight);
            (_sum, _squares, _greatest) = (_sum * scale, _squares * scale * scale, logWeight);
        }
        var weight = Math.Exp(logWeight - _greatest);
        _sum += weight;
        _squares += weight * weight;
    }
}
