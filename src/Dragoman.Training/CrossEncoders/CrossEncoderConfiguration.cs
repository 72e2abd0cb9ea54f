using Dragoman.Models;
using Dragoman.Training.Configuration;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Reads <c>task: cross-encoder</c>.</summary>
internal static class CrossEncoderConfiguration
{
    private static readonly string[] Sources = ["from", "vocabulary", "embeddings"];

    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var seed = root.WholeNumber("seed", 42, least: 0);
        var encoder = ReadEncoder(root.Section("encoder"));
        var data = ReadData(root.Section("data"));
        var (groups, run) = ReadNegatives(root.Section("negatives"), seed);
        var loss = RankingLosses.Read(root.Section("loss"));
        var training = root.Section("training");
        return new CrossEncoderJob(new CrossEncoderSettings
        {
            Encoder = encoder,
            Data = data with { NegativeRun = run },
            Groups = groups,
            Loss = loss,
            Epochs = training.WholeNumber("epochs", 15, least: 1),
            BatchSize = training.WholeNumber("batch_size", 32, least: 1),
            LearningRate = training.Number("learning_rate", 1e-5, least: 0),
            HeadLearningRate = training.Has("head_learning_rate") ? training.Number("head_learning_rate", null, least: 0) : Ignore(training, "head_learning_rate"),
            WeightDecay = training.Number("weight_decay", 0.01, least: 0),
            Warmup = training.Number("warmup", 0.1, least: 0, most: 1),
            ClipNorm = training.Number("clip_norm", 1, least: 1e-6),
            Patience = training.WholeNumber("patience", 3, least: 1),
            Precision = training.Choice("precision", "auto", ("auto", Precision.Auto), ("float32", Precision.Float32), ("bfloat16", Precision.BFloat16)),
            Seed = seed,
        }, root.Effective);
    }

    private static EncoderStart ReadEncoder(ConfigurationSection section)
    {
        var start = new EncoderStart
        {
            From = section.OptionalFilePath("from"),
            Vocabulary = section.OptionalFilePath("vocabulary"),
            Embeddings = section.OptionalFilePath("embeddings"),
            MaxLength = section.WholeNumber("max_length", 256, least: 8, most: 8192),
            FreezeEmbeddings = section.Flag("freeze_embeddings", false),
        };
        var sources = Sources.Where(section.Has).ToList();
        if (sources.Count == 0) section.Problem("from", "is missing; name a model folder, or give encoder.vocabulary or encoder.embeddings (and layers, heads) to start from random weights.");
        if (sources.Count > 1) section.Problem(sources[1], $"cannot be given together with encoder.{sources[0]}; leave one out.");
        if (start.From is not null) return start;
        start = start with
        {
            Layers = section.WholeNumber("layers", 4, least: 1),
            Heads = section.WholeNumber("heads", 4, least: 1),
            Intermediate = section.WholeNumber("intermediate", 1024, least: 8),
            Dropout = section.Number("dropout", 0.1, least: 0, most: 0.9),
        };
        if (start.Embeddings is not null) return start;                                   // their dimension is the width
        start = start with { Hidden = section.WholeNumber("hidden", 256, least: 8) };
        if (start.Hidden % start.Heads != 0) section.Problem("hidden", $"is {start.Hidden}, which is not a multiple of encoder.heads, {start.Heads}.");
        return start;
    }

    private static CrossEncoderData ReadData(ConfigurationSection section)
    {
        var data = new CrossEncoderData
        {
            Collection = section.FilePath("collection"),
            TrainSplit = section.Text("train", "train"),
            DevSplit = section.Text("dev", "dev"),
            DevRun = section.OptionalFilePath("dev_run"),
            DevDepth = section.WholeNumber("dev_depth", 100, least: 1),
        };
        if (data.DevSplit == data.TrainSplit) section.Problem("dev", $"is '{data.DevSplit}', the split that is trained on; choose epochs on another one.");
        return data;
    }

    private static (GroupOptions Options, string? Run) ReadNegatives(ConfigurationSection section, int seed)
    {
        var run = section.OptionalFilePath("run");
        var options = new GroupOptions
        {
            Negatives = section.WholeNumber("count", 1, least: 1, most: 1000),
            RunShare = section.Number("run_share", run is null ? 0 : 0.5, least: 0, most: 1),
            RunDepth = section.WholeNumber("run_depth", 50, least: 1),
            FixedNegatives = section.Flag("fixed", false),
            Seed = seed,
        };
        if (options.RunShare > 0 && !section.Has("run")) section.Problem("run_share", $"is above 0, but negatives.run is missing; name the run to take negatives from.");
        return (options, run);
    }

    private static double? Ignore(ConfigurationSection section, string key)
    {
        section.OptionalText(key);
        return null;
    }
}
