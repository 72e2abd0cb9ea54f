namespace Dragoman.Tensors;

/// <summary>
/// Frees at its end every tensor that this thread made inside it, except those kept. Scopes nest; a kept tensor moves to the scope around, or, without
/// one, to the caller. Whoever begins a scope disposes it, on the same thread.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic] private static TensorScope? _current;

    private readonly TensorScope? _parent;
    private readonly List<Tensor> _members = [];
    private bool _disposed;

    private TensorScope(TensorScope? parent) => _parent = parent;

    /// <summary>Begins a scope on this thread.</summary>
    public static TensorScope Begin() => _current = new TensorScope(Open());

    /// <summary>Lets a tensor outlive this scope.</summary>
    /// <param name="tensor">A tensor of this scope, or any other, which then stays as it is.</param>
    /// <returns>The same tensor; it belongs to the scope around, or to the caller.</returns>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Scope == this)
        {
            tensor.Scope = _parent;
            _parent?._members.Add(tensor);
        }
        return tensor;
    }

    /// <summary>Lets several tensors outlive this scope.</summary>
    /// <param name="tensors">Tensors of this scope.</param>
    /// <returns>The same list.</returns>
    public IReadOnlyList<Tensor> Keep(IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (var tensor in tensors) Keep(tensor);
        return tensors;
    }

    /// <summary>Frees what was not kept. Scopes begun inside this one and not yet disposed end too.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        if (IsOpenHere())
        {
            for (var inner = _current!; inner != this; inner = inner._parent!) inner.Free();
        }
        Free();
        Open();
    }

    internal static void Register(Tensor tensor)
    {
        if (Open() is not { } scope) return;
        tensor.Scope = scope;
        scope._members.Add(tensor);
    }

    /// <summary>The innermost scope of this thread that has not ended; another thread may have ended one.</summary>
    private static TensorScope? Open()
    {
        while (_current is { _disposed: true } ended) _current = ended._parent;
        return _current;
    }

    private bool IsOpenHere()
    {
        for (var scope = _current; scope is not null; scope = scope._parent)
        {
            if (scope == this) return true;
        }
        return false;
    }

    private void Free()
    {
        _disposed = true;
        foreach (var tensor in _members)
        {
            if (tensor.Scope == this) tensor.Dispose();
        }
        _members.Clear();
    }
}
