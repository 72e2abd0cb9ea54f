using Dragoman.Training.Choosing;
using Dragoman.Training.Configuration;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Reads <c>task: cross-encoder</c>.</summary>
internal static class CrossEncoderConfiguration
{
    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var seed = root.WholeNumber("seed", 42, least: 0);
        var encoder = EncoderStartConfiguration.Read(root.Section("encoder"), isPair: true);
        var data = ReadData(root.Section("data"));
        var negatives = root.Section("negatives");
        var candidates = CandidateConfiguration.Read(negatives, seed, new CandidateDefaults(Count: 1, Least: 1, RunShare: 0.5), minesItself: false);
        var (lossSection, distilled) = (root.Section("loss"), root.OptionalSection("distillation"));
        var loss = RankingLosses.Read(lossSection, withTeacher: distilled?.Has("teacher") == true);
        var distillation = DistillationConfiguration.Read(distilled, loss.NeedsTeacher, isBiEncoder: false);
        var training = root.Section("training");
        var fit = FitConfiguration.Read(training, seed, new FitSettings());
        return new CrossEncoderJob(new CrossEncoderSettings
        {
            Encoder = encoder,
            Data = data,
            Candidates = candidates,
            Sampling = SamplingConfiguration.Read(root, negatives, new SamplingSurroundings(seed, Temperature: 1, candidates, fit.Epochs, Searches: false, fit.Average)),
            Loss = distillation.Loss is { } teacher ? new DistilledLoss(loss, teacher, distillation.Weight) : loss,
            Distillation = distillation,
            Passes = PassConfiguration.Read(root, lossSection, encoder),
            Fit = fit,
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
        return data with { ChooseOnTest = DevChoice.Read(section, data.TrainSplit, data.DevSplit, isUsed: section.Has("dev_run")) };
    }
}
