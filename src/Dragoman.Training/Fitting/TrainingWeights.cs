namespace Dragoman.Training.Fitting;

/// <summary>The weights of a model under way, as whoever looks at them between steps needs to know them.</summary>
internal sealed class TrainingWeights
{
    /// <summary>Steps that led to them: what was computed with another number of steps is out of date.</summary>
    internal long Steps { get; set; }

    /// <summary>Their running mean; null when there is none, and when nothing is trained.</summary>
    internal WeightAverage? Average { get; set; }
}
