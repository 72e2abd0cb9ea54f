namespace Dragoman.Tensors.Optimisation;

/// <summary>How the learning rate rises and falls over training, as a factor of the rate that was set.</summary>
public sealed class LearningRateSchedule
{
    private readonly long _warmupSteps;
    private readonly Func<long, double> _after;

    private LearningRateSchedule(long warmupSteps, Func<long, double> after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        _warmupSteps = warmupSteps;
        _after = after;
    }

    /// <summary>Rises from 0 over the warm-up, then stays at 1.</summary>
    /// <param name="warmupSteps">Steps of the rise, 0 or more.</param>
    public static LearningRateSchedule Constant(long warmupSteps = 0) => new(warmupSteps, _ => 1);

    /// <summary>Rises from 0 over the warm-up, then falls in a straight line to 0 at the end (Hugging Face's linear schedule, step for step).</summary>
    /// <param name="warmupSteps">Steps of the rise, 0 or more.</param>
    /// <param name="totalSteps">All steps, the warm-up among them.</param>
    public static LearningRateSchedule Linear(long warmupSteps, long totalSteps) => new(warmupSteps, step => 1 - Progress(step, warmupSteps, totalSteps));

    /// <summary>Rises from 0 over the warm-up, then falls along half a cosine to 0 at the end.</summary>
    /// <param name="warmupSteps">Steps of the rise, 0 or more.</param>
    /// <param name="totalSteps">All steps, the warm-up among them.</param>
    public static LearningRateSchedule Cosine(long warmupSteps, long totalSteps) =>
        new(warmupSteps, step => 0.5 * (1 + Math.Cos(Math.PI * Progress(step, warmupSteps, totalSteps))));

    /// <summary>The factor at a step.</summary>
    /// <param name="step">Number of optimiser steps already taken, from 0.</param>
    /// <returns>Within [0, 1].</returns>
    public double Factor(long step) => step < _warmupSteps ? (double)step / _warmupSteps : _after(step);

    private static double Progress(long step, long warmupSteps, long totalSteps) =>
        Math.Clamp((double)(step - warmupSteps) / Math.Max(1, totalSteps - warmupSteps), 0, 1);
}
