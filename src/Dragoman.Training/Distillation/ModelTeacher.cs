using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Distillation;

/// <summary>A teacher that is a model: it scores the candidates of an epoch at its beginning, in blocks of groups.</summary>
internal sealed class ModelTeacher : ITeacher
{
    private const int BlockGroups = 256;
    private readonly IDisposable _model;
    private readonly Func<IReadOnlyList<TrainingGroup>, CancellationToken, float[]> _score;
    private (IReadOnlyList<TrainingGroup> Groups, IReadOnlyList<TrainingGroup> Scored)? _last;

    private ModelTeacher(IDisposable model, Func<IReadOnlyList<TrainingGroup>, CancellationToken, float[]> score) => (_model, _score) = (model, score);

    /// <summary>Loads a cross-encoder or a bi-encoder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="maxLength">Longest pair that a cross-encoder reads.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The folder holds neither.</exception>
    internal static ModelTeacher Load(string folder, int maxLength, Precision precision, Device device) =>
        EncoderLoader.IsCrossEncoder(folder) ? OfCrossEncoder(folder, maxLength, precision, device) : OfBiEncoder(EncoderLoader.FromFolder(folder, precision, device));

    public IReadOnlyList<TrainingGroup> Score(IReadOnlyList<TrainingGroup> groups, Action<string> tell, CancellationToken cancellationToken)
    {
        if (_last is { } last && IsSame(last.Groups, groups)) return last.Scored;                              // epochs that do not differ
        var start = Stopwatch.GetTimestamp();
        var scored = new List<TrainingGroup>(groups.Count);
        foreach (var block in groups.Chunk(BlockGroups))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (scores, at) = (_score(block, cancellationToken), 0);
            scored.AddRange(block.Select(group => group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { TeacherScore = scores[at++] })] }));
        }
        tell(string.Create(CultureInfo.InvariantCulture, $"The teacher scored {groups.Sum(group => group.Candidates.Count):N0} candidates in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s."));
        _last = (groups, scored);
        return scored;
    }

    public void Dispose() => _model.Dispose();

    private static ModelTeacher OfCrossEncoder(string folder, int maxLength, Precision precision, Device device)
    {
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var model = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = precision });
        try
        {
            VocabularyFit.Require(folder, tokenizer, model.Model.Encoder.Config);
            model.Model.To(device);
            var reranker = new Reranker(model, tokenizer, new RerankOptions { MaxLength = Math.Min(maxLength, model.MaxTokens) });
            return new ModelTeacher(model, (groups, token) => reranker.Score([.. groups.SelectMany(group => group.Candidates.Select(candidate => (group.Query.Text, candidate.Passage.FullText)))], token));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ModelTeacher OfBiEncoder(ITextEncoder encoder) => new(encoder, (groups, _) =>
    {
        var width = encoder.Dimension;
        var queries = new float[groups.Count * width];
        encoder.EncodeQueries([.. groups.Select(group => group.Query.Text)], queries);
        var texts = groups.SelectMany(group => group.Candidates).Select(candidate => candidate.Passage.FullText).ToList();
        var passages = new float[texts.Count * width];
        encoder.Encode(texts, passages);
        var (scores, at) = (new float[texts.Count], 0);
        for (var group = 0; group < groups.Count; group++)
            for (var candidate = 0; candidate < groups[group].Candidates.Count; candidate++, at++)
                scores[at] = TensorPrimitives.Dot<float>(queries.AsSpan(group * width, width), passages.AsSpan(at * width, width));
        return scores;
    });

    private static bool IsSame(IReadOnlyList<TrainingGroup> left, IReadOnlyList<TrainingGroup> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.Query.Id == pair.Second.Query.Id
            && pair.First.Candidates.Select(candidate => candidate.Passage.Id).SequenceEqual(pair.Second.Candidates.Select(candidate => candidate.Passage.Id), StringComparer.Ordinal));
}
