using System.Runtime.InteropServices;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Weights;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Encoders.Static;

/// <summary>
/// The folder of a static encoder: <c>config.json</c> (<c>model_type</c> <c>dragoman-static</c>, dimension, vocabulary size), <c>spiece.model</c>, and
/// <c>model.safetensors</c> with <c>embeddings.weight</c> (int8, [V, d]) and <c>embeddings.scale</c> (float32, [V]).
/// </summary>
public static class StaticEncoderFolder
{
    /// <summary>The <c>model_type</c> of <c>config.json</c>.</summary>
    public const string ModelType = "dragoman-static";

    /// <summary>The tokenizer's file.</summary>
    public const string TokenizerFile = "spiece.model";

    private const string WeightsFile = "model.safetensors", TableKey = "embeddings.weight", ScaleKey = "embeddings.scale";

    /// <summary>Loads the encoder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DragomanException">A file is missing, truncated or malformed, or the parts do not fit together.</exception>
    public static StaticEncoder Load(string folder)
    {
        var (name, dimension, vocabularySize) = ReadConfig(Path.Combine(folder, "config.json"));
        var tokenizer = TokenizerLoader.FromFolder(folder);
        if (tokenizer.VocabularySize != vocabularySize)
            throw new DragomanException($"{folder}: the tokenizer has {tokenizer.VocabularySize} tokens, config.json says {vocabularySize}; the files belong to different models.");
        var path = Path.Combine(folder, WeightsFile);
        using var weights = WeightFile.Open(path);
        if (weights.Names.FirstOrDefault(key => key is not (TableKey or ScaleKey)) is { } unknown)
            throw new CheckpointException(path, unknown, $"a static encoder has no such tensor, only {TableKey} and {ScaleKey}; is config.json that of these weights?");
        var table = MemoryMarshal.Cast<byte, sbyte>(Bytes(weights, path, TableKey, DType.Int8, vocabularySize, dimension)).ToArray();
        var scales = MemoryMarshal.Cast<byte, float>(Bytes(weights, path, ScaleKey, DType.Float32, vocabularySize)).ToArray();
        return new StaticEncoder(tokenizer, new StaticEmbeddings(dimension, table, scales), $"{name}-{Fingerprint.OfFile(path)}");
    }

    /// <summary>The length of an encoder's vectors, from its <c>config.json</c> alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataFormatException">There is no such file, or it is malformed.</exception>
    public static int DimensionOf(string folder) => ReadConfig(Path.Combine(folder, "config.json")).Dimension;

    /// <summary>Writes the three files of an encoder.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="name">The model's name, for its identity.</param>
    /// <param name="tokenizerPath">The SentencePiece model to copy.</param>
    /// <param name="embeddings">The table.</param>
    public static void Save(string folder, string name, string tokenizerPath, StaticEmbeddings embeddings)
    {
        File.Copy(tokenizerPath, Path.Combine(folder, TokenizerFile), overwrite: true);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsFile),
        [
            WeightEntry.From(TableKey, embeddings.Table.ToArray(), embeddings.VocabularySize, embeddings.Dimension),
            WeightEntry.From(ScaleKey, embeddings.Scales.ToArray(), embeddings.VocabularySize),
        ]);
        AtomicFile.WriteText(Path.Combine(folder, "config.json"), writer =>
            writer.WriteLine($$"""{ "model_type": "{{ModelType}}", "name": "{{name}}", "dimension": {{embeddings.Dimension}}, "vocabulary_size": {{embeddings.VocabularySize}} }"""));
    }

    private static (string Name, int Dimension, int VocabularySize) ReadConfig(string path)
    {
        if (!File.Exists(path)) throw new DataFormatException(path, 0, "the file does not exist; expected the config.json of a static encoder.");
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllText(path));
            var root = config.RootElement;
            var (dimension, vocabularySize) = (root.GetProperty("dimension").GetInt32(), root.GetProperty("vocabulary_size").GetInt32());
            if (dimension is < 1 or > 65536 || vocabularySize < 1) throw new DataFormatException(path, 0, $"dimension {dimension} and vocabulary_size {vocabularySize} must be positive (dimension at most 65536).");
            return (root.GetProperty("name").GetString() ?? "static", dimension, vocabularySize);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFormatException(path, 0, "expected {\"model_type\": \"dragoman-static\", \"name\": text, \"dimension\": number, \"vocabulary_size\": number}.", broken);
        }
    }

    private static ReadOnlySpan<byte> Bytes(IWeightSource weights, string path, string key, DType type, params long[] shape)
    {
        if (!weights.Contains(key)) throw new CheckpointException(path, key, $"the file lacks this tensor; it holds {string.Join(", ", weights.Names.Take(5))}. Is it the weight file of a static encoder?");
        var info = weights.Info(key);
        if (info.Type != type || !info.Shape.SequenceEqual(shape))
            throw new CheckpointException(path, key, $"it is {info.Type} [{string.Join(", ", info.Shape)}], expected {type} [{string.Join(", ", shape)}] as config.json says.");
        return weights.Bytes(key);
    }
}
