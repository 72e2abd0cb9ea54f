using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;

namespace Dragoman.Training.Distillation;

/// <summary>A bi-encoder whose vectors are learned: those of the source texts of parallel text, for both sides; or those of the texts that are trained on.</summary>
internal sealed class EmbeddingTeacher : IDisposable
{
    private readonly ITextEncoder _encoder;
    private readonly (string Source, string Target)[] _pairs;
    private readonly int _seed;
    private int[] _order = [];
    private long _first;

    private EmbeddingTeacher(ITextEncoder encoder, (string Source, string Target)[] pairs, double weight, int seed) => (_encoder, _pairs, Weight, _seed) = (encoder, pairs, weight, seed);

    /// <summary>Share of the squared distance in the loss.</summary>
    internal double Weight { get; }

    /// <summary>Pairs of parallel text; 0 where the texts that are trained on are taken.</summary>
    internal int Pairs => _pairs.Length;

    /// <summary>Loads the teacher and its texts.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="dimension">Length of the student's vectors.</param>
    /// <param name="seed">Seed of the pairs' order.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="DragomanException">The folder holds no bi-encoder, or one of another dimension; or no row has a text in the source language and another one.</exception>
    internal static EmbeddingTeacher Load(EmbeddingDistillationSettings settings, int dimension, int seed, Precision precision, Device device)
    {
        if (EncoderLoader.IsCrossEncoder(settings.Teacher)) throw new ConfigurationException(settings.Teacher, ["it is a cross-encoder, which has no vector of a text; distillation.embeddings.teacher needs a bi-encoder."]);
        var pairs = settings.Parallel.SelectMany(source => source.Read().Where((_, position) => !source.IsHeldOut(position)))
            .Where(row => row.Texts.ContainsKey(settings.Source))
            .SelectMany(row => row.Texts.Where(text => text.Key != settings.Source).Select(text => (row.Texts[settings.Source], text.Value))).ToArray();
        if (settings.Parallel.Count > 0 && pairs.Length == 0) throw new DragomanException($"No row of {string.Join(", ", settings.Parallel.Select(source => source.Path))} has a text in '{settings.Source}' (distillation.embeddings.source) and one in another language.");
        var encoder = EncoderLoader.FromFolder(settings.Teacher, precision, device);
        if (encoder.Dimension == dimension) return new EmbeddingTeacher(encoder, pairs, settings.Weight, seed);
        var problem = $"its vectors have {encoder.Dimension} values, the trained model's {dimension}; distillation.embeddings.teacher needs as many.";
        encoder.Dispose();
        throw new ConfigurationException(settings.Teacher, [problem]);
    }

    /// <summary>Shuffles the pairs for an epoch. Each item of an epoch brings one; the next epoch goes on where this one stops.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="items">Items of every epoch.</param>
    internal void Begin(int epoch, int items)
    {
        if (_pairs.Length == 0) return;
        _first = (epoch - 1L) * items;
        _order = [.. Enumerable.Range(0, _pairs.Length)];
        new Random(unchecked(_seed * 8191 + (int)(_first / _pairs.Length))).Shuffle(_order);
    }

    /// <summary>The pair that an item brings in the epoch that was begun last.</summary>
    /// <param name="item">The item.</param>
    internal (string Source, string Target) PairOf(int item) => _pairs[_order[(_first + item) % _pairs.Length]];

    /// <summary>The teacher's vectors, shape [N, H].</summary>
    /// <param name="queries">Texts it reads as queries.</param>
    /// <param name="passages">Texts it reads as passages.</param>
    /// <param name="device">Where they go.</param>
    internal Tensor Vectors(IReadOnlyList<string> queries, IReadOnlyList<string> passages, Device device)
    {
        var width = _encoder.Dimension;
        var vectors = new float[(queries.Count + passages.Count) * width];
        if (queries.Count > 0) _encoder.EncodeQueries(queries, vectors);
        if (passages.Count > 0) _encoder.Encode(passages, vectors.AsSpan(queries.Count * width));
        return Tensor.From(vectors, queries.Count + passages.Count, width).To(device);
    }

    public void Dispose() => _encoder.Dispose();
}
