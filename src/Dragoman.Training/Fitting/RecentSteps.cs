using System.Globalization;

namespace Dragoman.Training.Fitting;

/// <summary>The last steps of a run, for when it goes wrong.</summary>
internal sealed class RecentSteps
{
    private const int Most = 8;
    private readonly Queue<(long Step, double Loss, double Rate, double Gradient)> _steps = new();

    /// <summary>The steps, oldest first.</summary>
    internal IReadOnlyCollection<(long Step, double Loss, double Rate, double Gradient)> All => _steps;

    /// <summary>Notes a step.</summary>
    internal void Add(long step, double loss, double rate, double gradient)
    {
        _steps.Enqueue((step, loss, rate, gradient));
        if (_steps.Count > Most) _steps.Dequeue();
    }

    /// <summary>A line each.</summary>
    internal IEnumerable<string> Lines => _steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"step {step.Step}  loss {step.Loss:0.0000}  rate {step.Rate:0.00e+00}  gradient {step.Gradient:0.0000}"));

    /// <summary>How many times as long as their median the last gradient was; 1 when there are too few to tell.</summary>
    internal double Growth
    {
        get
        {
            var sorted = _steps.Select(step => step.Gradient).Order().ToList();
            return sorted.Count < 4 || sorted[sorted.Count / 2] == 0 ? 1 : _steps.Last().Gradient / sorted[sorted.Count / 2];
        }
    }
}
