using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>One ATen operator, looked up in libtorch's dispatcher at its first call. Thread-safe.</summary>
/// <param name="name">The name with its namespace: <c>aten::add</c>.</param>
/// <param name="overload">The overload: <c>Tensor</c>; empty for the one without a name.</param>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxResults = 16, CellsOnStack = 64, ArgumentsOnStack = 24;

    private nint _found;

    internal string FullName => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>The operator's schema as libtorch prints it.</summary>
    internal string Schema()
    {
        Bridge.Check(Bridge.Schema(Find(), out var text));
        return Marshal.PtrToStringUTF8(text)!;
    }

    /// <summary>Calls the operator and returns its first tensor; other tensors it returns are freed.</summary>
    [SkipLocalsInit]
    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc BridgeValue[MaxResults];
        var count = Invoke(arguments, results);
        for (var i = 1; i < count; i++) Drop(results[i]);
        if (count == 0 || results[0].Tag != BridgeTag.Tensor)
        {
            if (count > 0) Drop(results[0]);
            throw new TensorOperatorException(FullName, Texts(arguments), "the operator's first result is not a tensor.");
        }
        return Tensor.Own(results[0].Pointer);
    }

    /// <summary>Calls the operator for its effect; what it returns is freed.</summary>
    [SkipLocalsInit]
    internal void Do(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc BridgeValue[MaxResults];
        var count = Invoke(arguments, results);
        for (var i = 0; i < count; i++) Drop(results[i]);
    }

    /// <summary>Calls the operator and returns every tensor of its results, lists flattened; absent ones are null.</summary>
    [SkipLocalsInit]
    internal Tensor?[] CallAll(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc BridgeValue[MaxResults];
        var count = Invoke(arguments, results);
        var tensors = new List<Tensor?>(count);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag == BridgeTag.Tensor) tensors.Add(Tensor.Own(results[i].Pointer));
            else if (results[i].Tag == BridgeTag.TensorList)
            {
                foreach (var item in new ReadOnlySpan<nint>((void*)results[i].Pointer, results[i].Count)) tensors.Add(Tensor.Own(item));
                Bridge.Check(Bridge.FreeList(results[i].Pointer));
            }
            else if (results[i].Tag == BridgeTag.None) tensors.Add(null);
        }
        return [.. tensors];
    }

    /// <summary>Calls the operator and returns its first result as a number; truth values are 0 and 1.</summary>
    [SkipLocalsInit]
    internal double CallNumber(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc BridgeValue[MaxResults];
        var count = Invoke(arguments, results);
        for (var i = 1; i < count; i++) Drop(results[i]);
        switch (count == 0 ? BridgeTag.None : results[0].Tag)
        {
            case BridgeTag.Real: return results[0].Real;
            case BridgeTag.Integer or BridgeTag.Truth: return results[0].Integer;
            default:
                if (count > 0) Drop(results[0]);
                throw new TensorOperatorException(FullName, Texts(arguments), "the operator's first result is not a number.");
        }
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Argument> arguments, BridgeValue* results)
    {
        var operation = Find();
        if (arguments.Length > ArgumentsOnStack) throw new ArgumentException($"At most {ArgumentsOnStack} arguments can be passed.", nameof(arguments));
        var needed = 0;
        foreach (ref readonly var argument in arguments) needed += argument.Cells;
        var rented = needed > CellsOnStack ? ArrayPool<long>.Shared.Rent(needed) : null;
        var stack = stackalloc long[CellsOnStack];
        var values = stackalloc BridgeValue[ArgumentsOnStack];
        var held = 0;
        fixed (long* pinned = rented)
        {
            var cells = rented is null ? stack : pinned;
            try
            {
                for (var i = 0; i < arguments.Length; i++)
                {
                    values[i] = arguments[i].Write(cells, ref held);
                    cells += arguments[i].Cells;
                }
                var status = Bridge.Call(operation, values, arguments.Length, results, MaxResults, out var count);
                if (status == 0) return count;
                var message = Bridge.Message();
                throw new TensorOperatorException(FullName, Texts(arguments), message);
            }
            finally
            {
                foreach (ref readonly var argument in arguments) argument.Release(ref held);
                if (rented is not null) ArrayPool<long>.Shared.Return(rented);
            }
        }
    }

    private nint Find()
    {
        if (_found != 0) return _found;
        BridgeLoader.Require();
        if (Bridge.FindOperator(name, overload, out var found) != 0) throw new TensorOperatorException(FullName, [], Bridge.Message());
        return _found = found;
    }

    private static void Drop(in BridgeValue value)
    {
        if (value.Tag == BridgeTag.Tensor) _ = Bridge.Free(value.Pointer);
        if (value.Tag != BridgeTag.TensorList) return;
        foreach (var item in new ReadOnlySpan<nint>((void*)value.Pointer, value.Count)) _ = Bridge.Free(item);
        _ = Bridge.FreeList(value.Pointer);
    }

    private static string[] Texts(ReadOnlySpan<Argument> arguments)
    {
        var texts = new string[arguments.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = arguments[i].ToString();
        return texts;
    }
}
