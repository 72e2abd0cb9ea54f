using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>One text, or a pair of texts, as token ids with special tokens.</summary>
/// <param name="Ids">Token ids, T of them.</param>
/// <param name="TypeIds">0 for the first text and 1 for the second, T of them; null for zeros.</param>
public sealed record TokenSequence(int[] Ids, int[]? TypeIds = null);

/// <summary>Token sequences padded to one length. Frees its tensors when disposed.</summary>
/// <param name="Ids">Token ids, int64, shape [B, T].</param>
/// <param name="TypeIds">Text types, int64, shape [B, T].</param>
/// <param name="Mask">1 for tokens, 0 for padding, float32, shape [B, T].</param>
public sealed record TokenBatch(Tensor Ids, Tensor TypeIds, Tensor Mask) : IDisposable
{
    /// <summary>Pads sequences at their ends to the longest one.</summary>
    /// <param name="sequences">B sequences, at least one.</param>
    /// <param name="padTokenId">The id of padding.</param>
    /// <param name="device">Where the tensors go; the CPU when left out.</param>
    /// <exception cref="ArgumentException">There is no sequence, or type ids are not as many as ids.</exception>
    public static TokenBatch Pad(IReadOnlyList<TokenSequence> sequences, int padTokenId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0) throw new ArgumentException("A batch needs at least one sequence.", nameof(sequences));
        var columns = Math.Max(1, sequences.Max(sequence => sequence.Ids.Length));
        var ids = new long[sequences.Count * columns];
        var types = new long[ids.Length];
        var mask = new float[ids.Length];
        Array.Fill(ids, padTokenId);
        for (var row = 0; row < sequences.Count; row++)
        {
            var (tokens, typeIds) = sequences[row];
            if (typeIds is not null && typeIds.Length != tokens.Length)
                throw new ArgumentException($"Sequence {row} has {tokens.Length} ids and {typeIds.Length} type ids.", nameof(sequences));
            for (var column = 0; column < tokens.Length; column++)
            {
                var at = row * columns + column;
                (ids[at], types[at], mask[at]) = (tokens[column], typeIds?[column] ?? 0, 1);
            }
        }
        return From(ids, types, mask, sequences.Count, columns, device);
    }

    /// <summary>A batch from padded rows.</summary>
    /// <param name="ids">Token ids, row-major, shape [B, T].</param>
    /// <param name="typeIds">Text types, the same shape.</param>
    /// <param name="mask">1 for tokens, 0 for padding, the same shape.</param>
    /// <param name="rows">B.</param>
    /// <param name="columns">T.</param>
    /// <param name="device">Where the tensors go; the CPU when left out.</param>
    public static TokenBatch From(long[] ids, long[] typeIds, float[] mask, int rows, int columns, Device? device = null)
    {
        var batch = new TokenBatch(Tensor.From(ids, rows, columns), Tensor.From(typeIds, rows, columns), Tensor.From(mask, rows, columns));
        if (device is not { Kind: not DeviceKind.Cpu } target) return batch;
        using (batch) return new TokenBatch(batch.Ids.Send(target), batch.TypeIds.Send(target), batch.Mask.Send(target));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        TypeIds.Dispose();
        Mask.Dispose();
    }
}
