using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.Tests.Fitting;

/// <summary>A line fitted to points by least squares, with dropout on its slope, so that random numbers count.</summary>
internal sealed class StraightLine : IObjective, IDisposable
{
    private readonly double[] _x, _y;
    private readonly Line _line = new();

    private readonly double _dropout;

    internal StraightLine(int points = 24, double dropout = 0.1)
    {
        _dropout = dropout;
        _x = [.. Enumerable.Range(0, points).Select(place => place / (double)points)];
        _y = [.. _x.Select(x => 3 * x - 1)];
    }

    internal List<int> BegunEpochs { get; } = [];

    internal int PoisonedItem { get; set; } = -1;

    public Module Model => _line;

    public int Count => _x.Length;

    public void Begin(int epoch, CancellationToken cancellationToken) => BegunEpochs.Add(epoch);

    public IReadOnlyList<int[]> Batches(int epoch, int batchSize)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(epoch).Shuffle(order);
        return [.. order.Chunk(batchSize)];
    }

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight)
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From(items.Select(item => item == PoisonedItem ? float.NaN : (float)_x[item]).ToArray(), items.Count);
        var y = Tensor.From(items.Select(item => (float)_y[item]).ToArray(), items.Count);
        var off = (x * _line.Slope.Value).Dropout(_dropout, _line.IsTraining) + _line.Shift.Value - y;
        var loss = (off * off).Mean();
        (loss * weight).Backward();
        return new BatchOutcome(loss.Item(), [("largest", off.Detach().ToArray<float>().Max(value => Math.Abs(value)))]);
    }

    internal int StepsSeen { get; private set; }

    public void AfterStep() => StepsSeen++;

    public string Describe(IReadOnlyList<int> items) => "points " + string.Join(", ", items);

    internal double[] Weights => [_line.Slope.Value.Item(), _line.Shift.Value.Item()];

    public void Dispose() => _line.Dispose();

    private sealed class Line : Module
    {
        internal Line()
        {
            Slope = Register("line.encoder.layer.0.slope", Tensor.Zeros([1]));
            Shift = Register("line.shift", Tensor.Zeros([1]));
        }

        internal Parameter Slope { get; }

        internal Parameter Shift { get; }
    }
}

/// <summary>Measures given in advance, one for each time.</summary>
internal sealed class PlannedMeasure(params double[] values) : IDevMeasure
{
    private int _next;

    public string Name => "planned";

    public IReadOnlyDictionary<string, double> Before { get; } = new Dictionary<string, double>();

    internal List<double[]> Seen { get; } = [];

    internal Func<double[]> Weights { get; init; } = () => [];

    public IReadOnlyDictionary<string, double> Measure(CancellationToken cancellationToken)
    {
        Seen.Add(Weights());
        return new Dictionary<string, double> { ["planned"] = values[_next++] };
    }
}
