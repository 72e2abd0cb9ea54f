namespace Dragoman.Training.Fitting;

/// <summary>Measures a model on a dev split while it is trained.</summary>
internal interface IDevMeasure
{
    /// <summary>The measure that decides; higher is better.</summary>
    string Name { get; }

    /// <summary>What is measured before training, by name, for comparison; empty when there is nothing to compare with.</summary>
    IReadOnlyDictionary<string, double> Before { get; }

    /// <summary>Measures the model as it is now.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Values by name, <see cref="Name"/> among them.</returns>
    IReadOnlyDictionary<string, double> Measure(CancellationToken cancellationToken);
}
