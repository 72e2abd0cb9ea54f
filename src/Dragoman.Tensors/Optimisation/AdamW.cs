using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Optimisation;

/// <summary>What all groups of <see cref="AdamW"/> share.</summary>
public sealed record AdamWOptions
{
    /// <summary>Memory of the mean gradient, within [0, 1).</summary>
    /// <value>0.9 by default.</value>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of the mean squared gradient, within [0, 1).</summary>
    /// <value>0.999 by default.</value>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square.</summary>
    /// <value>1e-8 by default.</value>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Adam with decay decoupled from the gradient (Loshchilov and Hutter, ICLR 2019, algorithm 2), equal to PyTorch's AdamW.</summary>
/// <remarks>
/// Deviation: where a gradient holds only the rows used, only those rows move and decay, and the mean gradients of the others stay as they are.
/// Not thread-safe.
/// </remarks>
public sealed class AdamW : IDisposable
{
    private readonly AdamWOptions _options;
    private readonly Dictionary<string, Moments> _moments = new(StringComparer.Ordinal);

    /// <summary>Creates the optimiser.</summary>
    /// <param name="groups">Parameters with their rates; a parameter may be in one group only.</param>
    /// <param name="options">What the groups share; null for the defaults.</param>
    /// <exception cref="ArgumentException">A parameter is in two groups.</exception>
    public AdamW(IReadOnlyList<ParameterGroup> groups, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.SelectMany(group => group.Parameters).CountBy(parameter => parameter.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Parameter '{twice}' is in two groups.", nameof(groups));
        Groups = groups;
        _options = options ?? new AdamWOptions();
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Every parameter of every group.</summary>
    public IEnumerable<Parameter> Parameters => Groups.SelectMany(group => group.Parameters);

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="rateFactor">What the groups' learning rates are multiplied by: <see cref="LearningRateSchedule.Factor"/> of <see cref="Steps"/>.</param>
    public void Step(double rateFactor = 1)
    {
        using var off = NoGrad.Begin();
        foreach (var group in Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                using var scope = TensorScope.Begin();
                if (parameter.Value.Grad is not { } gradient) continue;
                if (!_moments.TryGetValue(parameter.Name, out var moments)) _moments.Add(parameter.Name, moments = Moments.Zero(parameter.Value));
                moments.Steps++;
                Move(parameter.Value, gradient, moments, group.LearningRate * rateFactor, group.WeightDecay);
            }
        }
        Steps++;
    }

    /// <summary>Drops the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters) parameter.Value.Grad = null;
    }

    /// <summary>The whole state as entries of a weight file, so that training can go on bit by bit as if it had not stopped.</summary>
    /// <returns><c>optimiser.steps</c>, and per parameter its <c>.steps</c>, <c>.mean</c> and <c>.square</c>; valid until the next step.</returns>
    public IReadOnlyList<WeightEntry> State()
    {
        var entries = new List<WeightEntry> { WeightEntry.From("optimiser.steps", new[] { Steps }) };
        foreach (var (name, moments) in _moments)
        {
            entries.Add(WeightEntry.From($"{name}.steps", new[] { moments.Steps }));
            entries.Add(WeightEntry.From($"{name}.mean", moments.Mean));
            entries.Add(WeightEntry.From($"{name}.square", moments.Square));
        }
        return entries;
    }

    /// <summary>Puts back a state that <see cref="State"/> gave.</summary>
    /// <param name="source">The weight file it was written to.</param>
    /// <exception cref="CheckpointException">The state is not that of these parameters.</exception>
    public void Load(IWeightSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var parameters = Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var key in source.Names.Where(key => key != "optimiser.steps"))
        {
            if (!parameters.ContainsKey(key[..Math.Max(0, key.LastIndexOf('.'))])) throw new CheckpointException(source.Path, key, "the optimiser has no such parameter.");
        }
        DisposeMoments();
        Steps = BitConverter.ToInt64(source.Bytes("optimiser.steps"));
        foreach (var (name, parameter) in parameters)
        {
            if (!source.Contains($"{name}.mean")) continue;
            var mean = Read(source, $"{name}.mean", parameter.Value);
            var square = Read(source, $"{name}.square", parameter.Value);
            _moments.Add(name, new Moments(mean, square) { Steps = BitConverter.ToInt64(source.Bytes($"{name}.steps")) });
        }
    }

    /// <summary>Frees the state, not the parameters.</summary>
    public void Dispose() => DisposeMoments();

    private void Move(Tensor value, Tensor gradient, Moments moments, double rate, double decay)
    {
        var step = new AdamWStep
        {
            Beta1 = _options.Beta1,
            Beta2 = _options.Beta2,
            Epsilon = _options.Epsilon,
            Decay = 1 - rate * decay,
            Size = rate / (1 - Math.Pow(_options.Beta1, moments.Steps)),
            SquareCorrection = Math.Sqrt(1 - Math.Pow(_options.Beta2, moments.Steps)),
        };
        if (!gradient.IsSparse)
        {
            step.Apply(value, gradient, moments.Mean, moments.Square);
            return;
        }
        var rows = SparseRows.Coalesce(gradient);
        var indices = SparseRows.Indices(rows);
        var (part, mean, square) = (value.IndexSelect(0, indices), moments.Mean.IndexSelect(0, indices), moments.Square.IndexSelect(0, indices));
        step.Apply(part, SparseRows.Values(rows), mean, square);
        value.IndexCopyInPlace(0, indices, part);
        moments.Mean.IndexCopyInPlace(0, indices, mean);
        moments.Square.IndexCopyInPlace(0, indices, square);
    }

    private static Tensor Read(IWeightSource source, string key, Tensor like)
    {
        var info = source.Info(key);
        if (!info.Shape.SequenceEqual(like.Shape) || info.Type != like.Type)
            throw new CheckpointException(source.Path, key, $"the state is {info.Type.TorchName()}[{string.Join(", ", info.Shape)}]; the parameter is {like}.");
        return Tensor.FromBytes(source.Bytes(key), info.Type, [.. info.Shape]).To(like.Device).Unscoped();
    }

    private void DisposeMoments()
    {
        foreach (var moments in _moments.Values) moments.Dispose();
        _moments.Clear();
    }

    private sealed class Moments(Tensor mean, Tensor square) : IDisposable
    {
        internal Tensor Mean { get; } = mean;

        internal Tensor Square { get; } = square;

        internal long Steps { get; set; }

        public void Dispose()
        {
            Mean.Dispose();
            Square.Dispose();
        }

        internal static Moments Zero(Tensor value) => new(value.ZerosLike().Unscoped(), value.ZerosLike().Unscoped());
    }
}
