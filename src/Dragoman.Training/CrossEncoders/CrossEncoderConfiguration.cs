using Dragoman.Training.Configuration;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Reads <c>task: cross-encoder</c>.</summary>
internal static class CrossEncoderConfiguration
{
    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var seed = root.WholeNumber("seed", 42, least: 0);
        var encoder = EncoderStartConfiguration.Read(root.Section("encoder"));
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
            Fit = FitConfiguration.Read(training, seed, new FitSettings()),
            MaxBatchTokens = training.WholeNumber("max_batch_tokens", 0, least: 0),
        }, root.Effective);
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
}
