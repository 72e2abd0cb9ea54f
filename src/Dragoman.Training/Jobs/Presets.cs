using Dragoman.Training.Configuration;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.Jobs;

/// <summary>Settings that belong together, by name: <c>preset: source-mbert</c> fills in every key that the file does not give.</summary>
public static class Presets
{
    internal const string Key = "preset";
    private const string Task = "cross-encoder";

    /// <summary>
    /// The project's source, both rows of its table (zh-kk of CLIRMatrix): its table's epochs, batch, length, optimiser and rate; its code's decay, schedule, loss, negative, and no clipping; its seed, 42, is the default. Deviations: the best epoch is
    /// chosen on dev where its code took test, and biases and LayerNorm do not decay.
    /// </summary>
    private const string Source = """
        task: cross-encoder
        encoder: {max_length: 256}
        data: {train: train, dev: dev, dev_depth: 100}
        negatives: {count: 1, pool: judged-zero, ties: file, fixed: true}
        loss: {name: softmax-hinge}
        training:
          epochs: 15
          batch_size: 32
          accumulate: 1
          learning_rate: 1e-5
          weight_decay: 0.01
          schedule: linear
          warmup_epochs: 1
          clip_norm: 0
          patience: 15
          precision: float32
        """;

    /// <summary>Every preset's name with its YAML.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["source-mbert"] = Source, ["source-xlmr"] = Source };

    /// <summary>The file with what its preset gives; the file itself when it names none.</summary>
    /// <param name="file">A file of which nothing was read.</param>
    internal static ConfigurationFile Apply(ConfigurationFile file)
    {
        file = SamplingPresets.Apply(file);
        if (!file.Root.Has(Key)) return file;
        var yaml = file.Root.Choice(Key, "", [.. All.Select(preset => (preset.Key, preset.Value))]);
        if (file.Root.Text("task", Task) is var task && task != Task) file.Root.Problem("task", $"is '{task}', but the preset is of a {Task}; leave one of the two out.");
        file.ThrowIfProblemsSoFar();
        var filled = file.Over(yaml, $"{Key} {file.Root.Text(Key, "")}", file.Root.LineOf(Key));
        filled.Root.OptionalText(Key);
        return filled;
    }
}
