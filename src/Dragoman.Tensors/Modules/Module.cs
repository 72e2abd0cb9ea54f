namespace Dragoman.Tensors.Modules;

/// <summary>
/// A part of a model: parameters registered under their checkpoint keys, and parts of its own. Keys are whole, so that reading a constructor tells what a
/// checkpoint holds. Running a module on several threads at once is safe while nothing trains it.
/// </summary>
public abstract class Module : IDisposable
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<Module> _parts = [];

    /// <summary>Whether dropout is active. False at first.</summary>
    public bool IsTraining { get; private set; }

    /// <summary>Every parameter of this module and its parts, in the order of registration.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. _parameters, .. _parts.SelectMany(part => part.Parameters)];

    /// <summary>Switches training (dropout active) on or off, for the parts too.</summary>
    /// <param name="training">True to train, false to use the model.</param>
    public void Train(bool training = true)
    {
        IsTraining = training;
        foreach (var part in _parts) part.Train(training);
    }

    /// <summary>Moves all parameters to a device, before an optimiser is made for them. Gradients are dropped.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="Errors.TensorOperatorException">There is no such device.</exception>
    public void To(Device device)
    {
        foreach (var parameter in Parameters) parameter.MoveTo(device);
    }

    /// <summary>Drops the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters) parameter.Value.Grad = null;
    }

    /// <summary>Frees all parameters.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Registers a parameter.</summary>
    /// <param name="name">The whole checkpoint key.</param>
    /// <param name="initial">The first value, taken over.</param>
    /// <exception cref="ArgumentException">The key is taken.</exception>
    protected Parameter Register(string name, Tensor initial)
    {
        if (Parameters.Any(known => known.Name == name)) throw new ArgumentException($"Parameter '{name}' is registered twice.", nameof(name));
        var parameter = new Parameter(name, initial);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Registers a part, which this module then owns.</summary>
    /// <typeparam name="T">The part's type.</typeparam>
    /// <param name="part">The part.</param>
    /// <returns>The same part.</returns>
    protected T Register<T>(T part) where T : Module
    {
        _parts.Add(part);
        return part;
    }

    /// <summary>Frees all parameters.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var parameter in _parameters) parameter.Dispose();
        foreach (var part in _parts) part.Dispose();
    }
}
