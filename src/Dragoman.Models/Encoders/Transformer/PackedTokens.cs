using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Where the real tokens of a padded batch are, so that layers can run over them alone, laid end to end. Its tensors belong to the scope it was made in.</summary>
internal sealed class PackedTokens
{
    private readonly long _b, _t;
    private readonly Tensor? _rows, _places;

    private PackedTokens(long b, long t, Tensor offsets, Tensor? rows, Tensor? places) => (_b, _t, Offsets, _rows, _places) = (b, t, offsets, rows, places);

    /// <summary>Where each sequence begins among the real tokens and, last, their number N; int64, shape [B + 1].</summary>
    internal Tensor Offsets { get; }

    /// <summary>Reads a mask.</summary>
    /// <param name="mask">1 for tokens, 0 for padding, shape [B, T].</param>
    /// <returns>Null when padding is not at the ends alone. A sequence without any token counts its first place as one.</returns>
    internal static PackedTokens? From(Tensor mask)
    {
        var (b, t) = mask.Shape2("B T");
        var values = mask.ToArray<float>();
        var offsets = new long[b + 1];
        for (var row = 0; row < b; row++)
        {
            var real = values.AsSpan(row * (int)t, (int)t);
            var length = real.IndexOf(0f) is var end and >= 0 ? end : (int)t;
            if (real[..length].ContainsAnyExcept(1f) || real[length..].ContainsAnyExcept(0f)) return null;
            offsets[row + 1] = offsets[row] + Math.Max(1, length);
        }
        if (offsets[b] == b * t) return new PackedTokens(b, t, Tensor.From(offsets, b + 1), null, null);
        var (rows, places) = (new long[offsets[b]], new long[b * t]);
        for (var row = 0; row < b; row++)
        {
            for (var token = offsets[row]; token < offsets[row + 1]; token++)
            {
                rows[token] = row * t + token - offsets[row];
                places[rows[token]] = token;
            }
        }
        return new PackedTokens(b, t, Tensor.From(offsets, b + 1), Tensor.From(rows, rows.Length), Tensor.From(places, places.Length));
    }

    /// <summary>The vectors of real tokens.</summary>
    /// <param name="hidden">Vectors of the padded batch, shape [B, T, H].</param>
    /// <returns>Shape [N, H].</returns>
    internal Tensor Pack(Tensor hidden)
    {
        var all = hidden.View(_b * _t, hidden.Size(-1));
        return _rows is null ? all : all.IndexSelect(0, _rows);
    }

    /// <summary>The other way round; what stands at padding means nothing.</summary>
    /// <param name="packed">Vectors, shape [N, H].</param>
    /// <returns>Shape [B, T, H].</returns>
    internal Tensor Unpack(Tensor packed) => (_places is null ? packed : packed.IndexSelect(0, _places)).View(_b, _t, packed.Size(-1));
}
