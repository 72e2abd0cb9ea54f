using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>
/// A pickle machine that can build dictionaries, lists, numbers, strings and tensors, and nothing else. A pickle may name any Python function to be called;
/// here only the names that rebuild tensors are known, and every other is refused by name before anything happens.
/// </summary>
internal sealed class PickleReader(byte[] data, int position, string path)
{
    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];

    /// <summary>Where the next pickle begins.</summary>
    internal int Position => position;

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="CheckpointException">It is malformed or asks for anything but tensors.</exception>
    internal object? Read()
    {
        _stack.Clear();
        _memo.Clear();
        try
        {
            while (true)
            {
                var code = Take(1)[0];
                if (code == (byte)'.') return Pop();
                Run(code);
            }
        }
        catch (Exception failure) when (failure is InvalidCastException or ArgumentException or KeyNotFoundException or OverflowException or NullReferenceException)
        {
            throw new CheckpointException(path, "", $"the pickle is malformed near byte {position}; is the file damaged?", failure);
        }
    }

    private void Run(byte code)
    {
        switch (code)
        {
            case 0x80: Take(1); break;
            case 0x95: Take(8); break;
            case (byte)'(': _stack.Add(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'N': _stack.Add(null); break;
            case 0x88: _stack.Add(true); break;
            case 0x89: _stack.Add(false); break;
            case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case (byte)'K': _stack.Add((long)Take(1)[0]); break;
            case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 0x8a: PushInteger(Take(Take(1)[0])); break;
            case 0x8b: PushInteger(Take(Length())); break;
            case 0x8c: _stack.Add(Encoding.UTF8.GetString(Take(Take(1)[0]))); break;
            case (byte)'X': _stack.Add(Encoding.UTF8.GetString(Take(Length()))); break;
            case (byte)'U': _stack.Add(Encoding.Latin1.GetString(Take(Take(1)[0]))); break;
            case (byte)'T': _stack.Add(Encoding.Latin1.GetString(Take(Length()))); break;
            case (byte)'C': _stack.Add(Take(Take(1)[0]).ToArray()); break;
            case (byte)'B': _stack.Add(Take(Length()).ToArray()); break;
            case (byte)'q': _memo[Take(1)[0]] = _stack[^1]; break;
            case (byte)'r': _memo[Length()] = _stack[^1]; break;
            case 0x94: _memo[_memo.Count] = _stack[^1]; break;
            case (byte)'h': _stack.Add(_memo[Take(1)[0]]); break;
            case (byte)'j': _stack.Add(_memo[Length()]); break;
            case (byte)'}': _stack.Add(new Dictionary<object, object?>()); break;
            case (byte)']': _stack.Add(new List<object?>()); break;
            case (byte)')': _stack.Add(Array.Empty<object?>()); break;
            case (byte)'t': _stack.Add(PopToMark()); break;
            case 0x85: _stack.Add(PopLast(1)); break;
            case 0x86: _stack.Add(PopLast(2)); break;
            case 0x87: _stack.Add(PopLast(3)); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'s': SetItems(PopLast(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'c': _stack.Add(PickleGlobal.Resolve(Line(), Line(), path)); break;
            case 0x93: _stack.Add(Global(PopLast(2))); break;
            case (byte)'Q': _stack.Add(PickleGlobal.Storage((object?[])Pop()!, path)); break;
            case (byte)'R': Reduce(); break;
            // A state (such as a state dictionary's version numbers) is not needed for the tensors.
            case (byte)'b': Pop(); break;
            default: throw new CheckpointException(path, "", $"the pickle holds instruction 0x{code:x2}, which no file of tensors needs; it is refused.");
        }
    }

    private void Reduce()
    {
        var arguments = (object?[])Pop()!;
        _stack.Add(((PickleGlobal)Pop()!).Call(arguments, path));
    }

    private PickleGlobal Global(object?[] names) => PickleGlobal.Resolve((string)names[0]!, (string)names[1]!, path);

    private void Append(object?[] items) => ((List<object?>)_stack[^1]!).AddRange(items);

    private void SetItems(object?[] items)
    {
        var target = (Dictionary<object, object?>)_stack[^1]!;
        for (var i = 0; i + 1 < items.Length; i += 2) target[items[i]!] = items[i + 1];
    }

    private object? Pop()
    {
        var top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopLast(int count)
    {
        var items = _stack.GetRange(_stack.Count - count, count).ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        var items = PopLast(_stack.Count - mark - 1);
        _stack.RemoveAt(mark);
        return items;
    }

    private string Line()
    {
        var length = data.AsSpan(position).IndexOf((byte)'\n');
        if (length < 0) throw new CheckpointException(path, "", "the pickle ends in the middle of a name; is the file truncated?");
        var text = Encoding.UTF8.GetString(Take(length));
        position++;
        return text;
    }

    private int Length() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > data.Length - position) throw new CheckpointException(path, "", "the pickle ends too early; is the file truncated?");
        var bytes = data.AsSpan(position, count);
        position += count;
        return bytes;
    }

    /// <summary>Integers of any length; those beyond 64 bits (the legacy format's magic number) stay big.</summary>
    private void PushInteger(ReadOnlySpan<byte> bytes)
    {
        var value = new BigInteger(bytes);
        if (value >= long.MinValue && value <= long.MaxValue) _stack.Add((long)value);
        else _stack.Add(value);
    }
}
