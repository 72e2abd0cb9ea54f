namespace Dragoman.Tensors.Weights;

/// <summary>Where a tensor of a PyTorch checkpoint lies: a window on a storage.</summary>
/// <param name="Storage">Key of the storage.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Offset">First element, counted in elements.</param>
/// <param name="Shape">Lengths of the dimensions.</param>
/// <param name="Strides">Steps between neighbours, in elements.</param>
internal sealed record PickledTensor(string Storage, DType Type, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    internal bool IsContiguous
    {
        get
        {
            long step = 1;
            for (var i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != step) return false;
                step *= Shape[i];
            }
            return true;
        }
    }

    /// <summary>One more than the last element of the storage that is used; 0 when there are no elements.</summary>
    internal long End => Shape.Contains(0) ? 0 : checked(Offset + 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum());

    /// <summary>The elements in row-major order.</summary>
    /// <param name="storage">The whole storage.</param>
    internal byte[] Read(ReadOnlySpan<byte> storage)
    {
        var width = Type.Bytes();
        var count = checked((int)Shape.Aggregate(1L, (product, size) => product * size));
        if (IsContiguous) return storage.Slice(checked((int)(Offset * width)), count * width).ToArray();
        var bytes = new byte[count * width];
        var index = new long[Shape.Length];
        for (var i = 0; i < count; i++)
        {
            var source = Offset;
            for (var d = 0; d < index.Length; d++) source += index[d] * Strides[d];
            storage.Slice(checked((int)(source * width)), width).CopyTo(bytes.AsSpan(i * width));
            for (var d = index.Length - 1; d >= 0 && ++index[d] == Shape[d]; d--) index[d] = 0;
        }
        return bytes;
    }
}
