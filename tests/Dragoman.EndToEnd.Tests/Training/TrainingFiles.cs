using Dragoman.Tensors.Weights;
using Dragoman.Training.Tests;

namespace Dragoman.EndToEnd.Tests.Training;

/// <summary>Small training runs: a collection of made-up words in two languages, and a configuration for each kind of ranker.</summary>
internal static class TrainingFiles
{
    /// <summary>Steps of a run.</summary>
    internal const int Steps = 30;

    /// <summary>Writes the collection and <c>run.yaml</c>.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="task">cross-encoder or bi-encoder.</param>
    /// <param name="checkpointSteps">Steps between checkpoints.</param>
    /// <param name="dropout">Dropout of the encoder.</param>
    internal static void Write(TemporaryFolder folder, string task, int checkpointSteps, double dropout)
    {
        TinyCollection.WriteWords(folder, 400);
        // The candidates of a dev query: its own passage and the nine after it.
        folder.Write("words.run", string.Concat(Enumerable.Range(0, 400).Where(number => number % 4 == 3).SelectMany(number => Enumerable.Range(0, 10).Select(more =>
            FormattableString.Invariant($"q{number:000} Q0 p{(number + more) % 400:000} {more + 1} {100 - more} first\n")))));
        var own = task == "bi-encoder"
            ? """
              data: {collection: words}
              negatives: {count: 1}
              loss: {name: info-nce, temperature: 0.1, learn_temperature: true}
              """
            : """
              data: {collection: words, dev_run: words.run}
              negatives: {count: 3}
              loss: {name: cross-entropy}
              """;
        folder.Write("run.yaml", FormattableString.Invariant($$"""
            task: {{task}}
            encoder: {vocabulary: {{TestPaths.Fixture("bert-tiny")}}, hidden: 32, layers: 1, heads: 2, intermediate: 64, dropout: {{dropout}}, max_length: 48}
            {{own}}
            training: {epochs: 3, batch_size: 30, learning_rate: 1e-3, average: 0.9, patience: 99, precision: float32, checkpoint_steps: {{checkpointSteps}}, max_batch_tokens: {{(task == "bi-encoder" ? 512 : 0)}}}
            """));
    }

    /// <summary>The tensors of a model folder.</summary>
    internal static Dictionary<string, float[]> Weights(string folder)
    {
        using var file = WeightFile.Open(Path.Combine(folder, "model.safetensors"));
        return file.Names.ToDictionary(name => name, name => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(file.Bytes(name)).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The greatest difference between two models' weights.</summary>
    /// <param name="left">A model folder.</param>
    /// <param name="right">Another.</param>
    /// <remarks>
    /// The classifier's bias is left out: it moves all scores of a list alike, so that its gradient is 0 but for rounding, and AdamW, which divides a gradient by its usual size, makes whole steps of rounding.
    /// </remarks>
    internal static double Difference(string left, string right)
    {
        var (first, second) = (Weights(left), Weights(right));
        return first.Where(entry => entry.Key != "classifier.bias").Max(entry => entry.Value.Zip(second[entry.Key]).Max(pair => Math.Abs(pair.First - pair.Second)));
    }
}
