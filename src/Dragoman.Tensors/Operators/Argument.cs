using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Dragoman.Tensors.Native;

namespace Dragoman.Tensors;

/// <summary>
/// One argument of an operator called by name. Tensors, numbers, lists, types and devices convert to it by themselves; the operator's schema decides what an
/// integer or a list becomes.
/// </summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Arguments are only ever written inline in a call.")]
public readonly struct Argument
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _index;

    private Argument(BridgeTag tag, object? reference, long bits, int index = 0)
    {
        Tag = tag;
        _reference = reference;
        _bits = bits;
        _index = index;
    }

    /// <summary>An absent argument: <c>None</c>.</summary>
    public static Argument None => default;

    internal BridgeTag Tag { get; }

    /// <summary>How many 8-byte cells the argument's data take beside its value.</summary>
    internal int Cells => _reference switch
    {
        Tensor => 0,
        string text => (Encoding.UTF8.GetMaxByteCount(text.Length) + 7) / 8,
        Array list => list.Length,
        IReadOnlyList<Tensor?> list => list.Count,
        _ => 0,
    };

    /// <summary>A tensor; null is <c>None</c>.</summary>
    public static implicit operator Argument(Tensor? value) => value is null ? default : new(BridgeTag.Tensor, value, 0);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(int value) => new(BridgeTag.Integer, null, value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(long value) => new(BridgeTag.Integer, null, value);

    /// <summary>A real number.</summary>
    public static implicit operator Argument(double value) => new(BridgeTag.Real, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Argument(bool value) => new(BridgeTag.Truth, null, value ? 1 : 0);

    /// <summary>A string.</summary>
    public static implicit operator Argument(string value) => new(BridgeTag.Text, value, 0);

    /// <summary>A list of integers, such as a shape.</summary>
    public static implicit operator Argument(long[] value) => new(BridgeTag.IntegerList, value, 0);

    /// <summary>A list of real numbers.</summary>
    public static implicit operator Argument(double[] value) => new(BridgeTag.RealList, value, 0);

    /// <summary>A list of truth values.</summary>
    public static implicit operator Argument(bool[] value) => new(BridgeTag.TruthList, value, 0);

    /// <summary>A list of tensors; where the operator allows it, items may be null.</summary>
    public static implicit operator Argument(Tensor?[] value) => new(BridgeTag.TensorList, value, 0);

    /// <summary>A list of tensors; where the operator allows it, items may be null.</summary>
    public static implicit operator Argument(List<Tensor> value) => new(BridgeTag.TensorList, value, 0);

    /// <summary>An element type.</summary>
    public static implicit operator Argument(DType value) => new(BridgeTag.Integer, null, (long)value);

    /// <summary>A device.</summary>
    public static implicit operator Argument(Device value) => new(BridgeTag.Device, null, value.Index, (int)value.Kind);

    /// <summary>The argument for a message: a tensor's type and shape, or the value.</summary>
    public override string ToString() => Tag switch
    {
        BridgeTag.None => "none",
        BridgeTag.Real => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        BridgeTag.Truth => _bits != 0 ? "true" : "false",
        BridgeTag.Text => $"'{_reference}'",
        BridgeTag.Device => new Device((DeviceKind)_index, (int)_bits).ToString(),
        BridgeTag.Tensor => ((Tensor)_reference!).Describe(),
        BridgeTag.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        BridgeTag.TensorList => $"[{string.Join(", ", ((IReadOnlyList<Tensor?>)_reference!).Take(8).Select(tensor => tensor?.Describe() ?? "none"))}]",
        BridgeTag.IntegerList => $"[{string.Join(", ", (long[])_reference!)}]",
        BridgeTag.RealList => $"[{string.Join(", ", (double[])_reference!)}]",
        _ => $"[{string.Join(", ", (bool[])_reference!)}]",
    };

    /// <summary>Writes the argument for the bridge, its data into cells, and takes a reference to every tensor's handle.</summary>
    /// <param name="cells">Pinned memory with at least <see cref="Cells"/> cells.</param>
    /// <param name="held">Counts the references taken, so that as many can be dropped.</param>
    internal unsafe BridgeValue Write(long* cells, ref int held)
    {
        var value = new BridgeValue { Tag = Tag, Integer = _bits };
        switch (_reference)
        {
            case null:
                value.Count = _index;
                return value;
            case Tensor tensor:
                value.Pointer = Hold(tensor, ref held);
                return value;
            case string text:
                value.Count = Encoding.UTF8.GetBytes(text, new Span<byte>(cells, Cells * 8));
                break;
            case long[] list:
                value.Count = list.Length;
                list.CopyTo(new Span<long>(cells, list.Length));
                break;
            case double[] list:
                value.Count = list.Length;
                list.CopyTo(new Span<double>(cells, list.Length));
                break;
            case bool[] list:
                value.Count = list.Length;
                for (var i = 0; i < list.Length; i++) cells[i] = list[i] ? 1 : 0;
                break;
            case IReadOnlyList<Tensor?> list:
                value.Count = list.Count;
                for (var i = 0; i < list.Count; i++) cells[i] = list[i] is { } item ? Hold(item, ref held) : 0;
                break;
        }
        value.Pointer = (nint)cells;
        return value;
    }

    /// <summary>Drops the references that <see cref="Write"/> took, at most <paramref name="held"/> of them.</summary>
    internal void Release(ref int held)
    {
        if (held == 0) return;
        if (_reference is Tensor tensor)
        {
            tensor.Handle.DangerousRelease();
            held--;
        }
        else if (_reference is IReadOnlyList<Tensor?> list)
        {
            for (var i = 0; i < list.Count && held > 0; i++)
            {
                if (list[i] is not { } item) continue;
                item.Handle.DangerousRelease();
                held--;
            }
        }
    }

    private static nint Hold(Tensor tensor, ref int held)
    {
        var added = false;
        tensor.Handle.DangerousAddRef(ref added);
        held++;
        return tensor.Handle.DangerousGetHandle();
    }
}
