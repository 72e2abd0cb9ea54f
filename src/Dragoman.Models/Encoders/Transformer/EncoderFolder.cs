using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Weights;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Loads encoders and classifiers from Hugging Face model folders, and saves them as such.</summary>
public static class EncoderFolder
{
    private static readonly string[] OtherHeads = ["cls.", "lm_head.", "qa_outputs.", "predictions."];

    /// <summary>Loads an encoder; heads in the file are passed over, and the pooler is there if the file has it.</summary>
    /// <param name="folder">The model folder: <c>config.json</c> and <c>model.safetensors</c> or <c>pytorch_model.bin</c>.</param>
    /// <returns>The encoder, not in training; the caller disposes it.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.CheckpointException">A tensor is missing, unknown or of another shape.</exception>
    /// <exception cref="Dragoman.Collections.Errors.ConfigurationException"><c>config.json</c> cannot be used.</exception>
    public static TransformerEncoder LoadEncoder(string folder)
    {
        var config = EncoderConfigFile.Load(folder);
        using var source = WeightFile.OpenFolder(folder);
        var withPooler = source.Names.Any(name => name.EndsWith("pooler.dense.weight", StringComparison.Ordinal));
        return Fill(new TransformerEncoder(config, withPooler), source, new LoadOptions { KeyOf = key => KeyOf(key, config, withPooler, withHead: false) });
    }

    /// <summary>Loads a classifier. With <paramref name="allowNewHead"/> a folder that holds an encoder alone will do: the head is drawn at random.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="allowNewHead">Whether head and pooler may be missing from the file, as at the start of training.</param>
    /// <param name="newKeys">Keys of parameters that were drawn.</param>
    /// <returns>The classifier, not in training; the caller disposes it.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.CheckpointException">A tensor is missing, unknown or of another shape.</exception>
    /// <exception cref="Dragoman.Collections.Errors.ConfigurationException"><c>config.json</c> cannot be used.</exception>
    public static SequenceClassifier LoadClassifier(string folder, bool allowNewHead, out IReadOnlyList<string> newKeys)
    {
        var config = EncoderConfigFile.Load(folder);
        using var source = WeightFile.OpenFolder(folder);
        var classifier = new SequenceClassifier(config);
        IReadOnlyList<string> missing = [];
        Fill(classifier, source, new LoadOptions
        {
            KeyOf = key => KeyOf(key, config, classifier.Encoder.HasPooler, withHead: true),
            MayBeMissing = name => allowNewHead && (name.StartsWith("classifier.", StringComparison.Ordinal) || name.Contains("pooler.", StringComparison.Ordinal)),
        }, kept => missing = kept);
        EncoderInitialiser.Initialise(classifier, config, missing);
        newKeys = missing;
        return classifier;
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>, as Hugging Face's classes read them. Tokenizer files are the caller's.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="folder">The folder, made if need be.</param>
    public static void Save(TransformerEncoder encoder, string folder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        Save(encoder, encoder.Config, encoder.Config.Family == EncoderFamily.Bert ? "BertModel" : "XLMRobertaModel", encoder.Config.KeyPrefix, folder);
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>, as Hugging Face's classes read them. Tokenizer files are the caller's.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="folder">The folder, made if need be.</param>
    public static void Save(SequenceClassifier classifier, string folder)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var config = classifier.Encoder.Config;
        Save(classifier, config, config.Family == EncoderFamily.Bert ? "BertForSequenceClassification" : "XLMRobertaForSequenceClassification", "", folder);
    }

    /// <summary>The model's key for a key of the file: with the family's prefix, LayerNorm in today's spelling; null for what is not needed.</summary>
    internal static string? KeyOf(string key, EncoderConfig config, bool withPooler, bool withHead)
    {
        if (key.EndsWith("position_ids", StringComparison.Ordinal) || OtherHeads.Any(head => key.StartsWith(head, StringComparison.Ordinal))) return null;
        if (key.StartsWith("classifier.", StringComparison.Ordinal)) return withHead ? key : null;
        var name = key.StartsWith(config.KeyPrefix, StringComparison.Ordinal) ? key[config.KeyPrefix.Length..] : key;
        if (name.StartsWith("pooler.", StringComparison.Ordinal) && !withPooler) return null;
        if (name.EndsWith("LayerNorm.gamma", StringComparison.Ordinal)) name = name[..^"gamma".Length] + "weight";
        if (name.EndsWith("LayerNorm.beta", StringComparison.Ordinal)) name = name[..^"beta".Length] + "bias";
        return config.KeyPrefix + name;
    }

    private static T Fill<T>(T module, IWeightSource source, LoadOptions options, Action<IReadOnlyList<string>>? missing = null) where T : Module
    {
        try
        {
            var kept = ModuleWeights.Load(module, source, options);
            missing?.Invoke(kept);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static void Save(Module module, EncoderConfig config, string architecture, string prefixToDrop, string folder)
    {
        Directory.CreateDirectory(folder);
        var entries = ModuleWeights.Entries(module).Select(entry => entry with { Info = entry.Info with { Name = entry.Info.Name[prefixToDrop.Length..] } }).ToList();
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), entries, new Dictionary<string, string> { ["format"] = "pt" });
        Collections.Storage.AtomicFile.WriteText(Path.Combine(folder, "config.json"), writer => writer.Write(EncoderConfigFile.Write(config, architecture)));
    }
}
