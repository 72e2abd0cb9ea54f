using System.Collections.Concurrent;

namespace Dragoman.Tensors;

/// <summary>
/// Any operator of libtorch by name, as <c>native_functions.yaml</c> spells it. Trailing arguments that are left out take the schema's defaults.
/// <see cref="Tensor"/> has members for the usual ones. Thread-safe.
/// </summary>
public static class Operators
{
    private static readonly ConcurrentDictionary<(string Name, string Overload), Operator> Known = new();

    /// <summary>Calls an operator that returns a tensor; if it returns several, the others are freed.</summary>
    /// <param name="name">Name with namespace: <c>aten::add</c>.</param>
    /// <param name="overload">Overload: <c>Tensor</c>; empty for the one without a name.</param>
    /// <param name="arguments">Arguments in the schema's order.</param>
    /// <returns>The first result; the caller, or the open scope, owns it.</returns>
    /// <exception cref="Errors.TensorOperatorException">There is no such operator, or libtorch refused the arguments.</exception>
    /// <exception cref="Errors.TorchUnavailableException">libtorch is missing.</exception>
    public static Tensor Call(string name, string overload, params ReadOnlySpan<Argument> arguments) => Find(name, overload).Call(arguments);

    /// <summary>Calls an operator that returns several tensors or a list of them.</summary>
    /// <param name="name">Name with namespace.</param>
    /// <param name="overload">Overload; empty for the one without a name.</param>
    /// <param name="arguments">Arguments in the schema's order.</param>
    /// <returns>Every tensor in order, lists flattened; what the operator left undefined is null.</returns>
    /// <exception cref="Errors.TensorOperatorException">There is no such operator, or libtorch refused the arguments.</exception>
    public static Tensor?[] CallMany(string name, string overload, params ReadOnlySpan<Argument> arguments) => Find(name, overload).CallAll(arguments);

    /// <summary>Calls an operator that returns a number or a truth value (1 or 0).</summary>
    /// <param name="name">Name with namespace.</param>
    /// <param name="overload">Overload; empty for the one without a name.</param>
    /// <param name="arguments">Arguments in the schema's order.</param>
    /// <exception cref="Errors.TensorOperatorException">There is no such operator, or libtorch refused the arguments.</exception>
    public static double CallNumber(string name, string overload, params ReadOnlySpan<Argument> arguments) => Find(name, overload).CallNumber(arguments);

    /// <summary>Calls an operator for its effect, such as one that works in place.</summary>
    /// <param name="name">Name with namespace: <c>aten::add_</c>.</param>
    /// <param name="overload">Overload; empty for the one without a name.</param>
    /// <param name="arguments">Arguments in the schema's order.</param>
    /// <exception cref="Errors.TensorOperatorException">There is no such operator, or libtorch refused the arguments.</exception>
    public static void Do(string name, string overload, params ReadOnlySpan<Argument> arguments) => Find(name, overload).Do(arguments);

    /// <summary>An operator's schema as libtorch prints it.</summary>
    /// <param name="name">Name with namespace.</param>
    /// <param name="overload">Overload; empty for the one without a name.</param>
    /// <exception cref="Errors.TensorOperatorException">There is no such operator.</exception>
    public static string Schema(string name, string overload) => Find(name, overload).Schema();

    private static Operator Find(string name, string overload) =>
        Known.GetOrAdd((name, overload), static key => new Operator(key.Name, key.Overload));
}
