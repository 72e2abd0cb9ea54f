using System.Text.Json.Nodes;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.StaticEncoders;

/// <summary>A batch of translation pairs as what a model is fitted to, so that a failure is looked into as other trainers' are. Its items are the pairs.</summary>
/// <param name="module">The encoder.</param>
/// <param name="batch">The batch.</param>
/// <param name="loss">The mean loss of pairs.</param>
/// <param name="corpus">Where they come from.</param>
/// <param name="sources">The files of the corpus.</param>
internal sealed class PairObjective(StaticEncoderModule module, PairBatch batch, Func<PairBatch, Tensor> loss, ParallelCorpus corpus, IReadOnlyList<string> sources) : IObjective
{
    private const int MostNamed = 5;

    public Module Model => module;

    public int Count => batch.Count;

    public void Begin(int epoch, CancellationToken cancellationToken)
    {
    }

    public IReadOnlyList<int[]> Batches(int epoch, int batchSize) => [.. Enumerable.Range(0, batch.Count).Chunk(batchSize)];

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight)
    {
        using var scope = TensorScope.Begin();
        var value = loss(items.Count == batch.Count ? batch : batch.Part(items));
        (value * weight).Backward();
        return new BatchOutcome(value.Item(), []);
    }

    public void AfterStep()
    {
    }

    public string Describe(IReadOnlyList<int> items) =>
        string.Join(", ", items.Take(MostNamed).Select(Name)) + (items.Count > MostNamed ? $" and {items.Count - MostNamed} more pairs" : "");

    public JsonArray Ids(IReadOnlyList<int> items) => [.. items.Select(item => (JsonNode)Name(item))];

    private string Name(int item)
    {
        var (row, left, right) = batch.Origins[item];
        return FormattableString.Invariant($"row {corpus.NumberOf(row)} of {Path.GetFileName(sources[corpus.SourceOfRow[row]])} ({corpus.Languages[corpus.LanguageOf(left)]} > {corpus.Languages[corpus.LanguageOf(right)]})");
    }
}
