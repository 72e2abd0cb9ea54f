namespace Dragoman.Tensors.Modules;

/// <summary>Shows what the parts of a model give while it runs on this thread: where a number is lost, for one. Without a probe nothing is looked at and nothing is paid.</summary>
public sealed class ForwardProbe : IDisposable
{
    [ThreadStatic]
    private static ForwardProbe? _current;

    private readonly Action<string, Tensor> _look;
    private readonly ForwardProbe? _outer;

    private ForwardProbe(Action<string, Tensor> look) => (_look, _outer) = (look, _current);

    /// <summary>Begins to look, on this thread, until disposed.</summary>
    /// <param name="look">Told of each part's name and output, which stay the model's.</param>
    public static ForwardProbe Begin(Action<string, Tensor> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return _current = new ForwardProbe(look);
    }

    /// <summary>Shows a part's output to the probe, if there is one.</summary>
    /// <param name="part">What it is: <c>embeddings</c>, <c>layer</c>.</param>
    /// <param name="output">Its output.</param>
    /// <param name="number">Which of several, from 0; -1 when there is one only.</param>
    public static void Look(string part, Tensor output, int number = -1)
    {
        if (_current is { } probe) probe._look(number < 0 ? part : FormattableString.Invariant($"{part} {number}"), output);
    }

    /// <summary>Stops looking.</summary>
    public void Dispose() => _current = _outer;
}
