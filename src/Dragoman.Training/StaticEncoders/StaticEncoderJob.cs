using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Static;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Diagnostics;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.StaticEncoders;

/// <summary>Trains a static encoder from parallel text and writes its folder with the measures on what was held out.</summary>
internal sealed class StaticEncoderJob(StaticEncoderOptions options, JsonObject effective) : ITrainingJob
{
    /// <summary>What a stage of training adds to the model's folder.</summary>
    private const string ConfigFile = "training.json", MeasuresFile = "measures.json";

    /// <inheritdoc/>
    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (FinishedRun.Manifest(context, effective, "sources", Sources, ConfigFile) is not null) return JsonNode.Parse(File.ReadAllText(Path.Combine(context.OutputPath, MeasuresFile)))!.AsObject();
        using var folder = StageFolder.Begin(context.OutputPath);
        if (context.Threads is { } threads) Torch.Threads = threads;
        var vocabulary = Vocabulary(context);
        var tokenizer = TokenizerLoader.FromFolder(context.CheckpointPath);
        var text = TrainingText.Read(options.Sources, tokenizer, options.MaxTokens);
        context.Log.Message($"text: {text.Corpus.Rows} rows, {text.Corpus.Cells} texts in {text.Corpus.Languages.Count} languages, {text.Corpus.TokenCount} tokens; {text.HeldOut.Count} rows held out, {text.Excluded} left out because a text of theirs is held out");
        using var module = new StaticEncoderTrainer(options, text.Corpus, tokenizer.VocabularySize, context).Train(cancellationToken);
        var embeddings = StaticEmbeddings.Quantise(module.WeightedRows(), options.Dimension);
        StaticEncoderFolder.Save(folder.WorkingPath, options.Name, vocabulary, embeddings);
        using var encoder = EncoderLoader.FromFolder(folder.WorkingPath);
        var measures = SentenceRetrieval.Measure(encoder, text.HeldOut, options.EvaluationPairs);
        AtomicFile.WriteText(Path.Combine(folder.WorkingPath, MeasuresFile), writer => writer.WriteLine(measures.ToJsonString(StageFolder.Indented)));
        folder.Complete(effective, Manifest(text, encoder), ConfigFile);
        Directory.Delete(context.CheckpointPath, recursive: true);
        return measures;
    }

    /// <summary>The SentencePiece model of the run, in the checkpoint's folder: made there, or copied there.</summary>
    private string Vocabulary(TrainingContext context)
    {
        var begun = Directory.Exists(context.CheckpointPath);
        Directory.CreateDirectory(context.CheckpointPath);
        try
        {
            return MakeVocabulary(context);
        }
        catch when (!begun)
        {
            // Nothing is there yet to resume from.
            Directory.Delete(context.CheckpointPath, recursive: true);
            throw;
        }
    }

    private string MakeVocabulary(TrainingContext context)
    {
        if (options.VocabularyModel is null) return VocabularyTrainer.Train(context.CheckpointPath, options.Sources, options.Vocabulary, options.Seed, Torch.Threads);
        var copy = Path.Combine(context.CheckpointPath, StaticEncoderFolder.TokenizerFile);
        File.Copy(options.VocabularyModel, copy, overwrite: true);
        return copy;
    }

    private JsonObject Manifest(TrainingText text, ITextEncoder encoder) => new()
    {
        ["model"] = encoder.Identity,
        ["seed"] = options.Seed,
        ["rows"] = text.Corpus.Rows,
        ["texts"] = text.Corpus.Cells,
        ["tokens"] = text.Corpus.TokenCount,
        ["held_out_rows"] = text.HeldOut.Count,
        ["excluded_rows"] = text.Excluded,
        ["languages"] = new JsonArray([.. text.Corpus.Languages.Order(StringComparer.Ordinal).Select(language => (JsonNode)language)]),
        ["libtorch"] = Torch.Version,
        ["sources"] = Sources(),
    };

    private JsonArray Sources() => [.. options.Sources.Select(source => new JsonObject { ["file"] = Path.GetFileName(source.Path), ["fingerprint"] = Fingerprint.OfFile(source.Path) })];
}
