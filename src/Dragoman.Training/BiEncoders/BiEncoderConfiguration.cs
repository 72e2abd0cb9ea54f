using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Configuration;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>Reads <c>task: bi-encoder</c>.</summary>
internal static class BiEncoderConfiguration
{
    private const string InBatch = "info-nce";
    private static readonly FitSettings Defaults = new() { Epochs = 3, BatchSize = 256, LearningRate = 2e-5 };

    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var seed = root.WholeNumber("seed", 42, least: 0);
        var section = root.Section("encoder");
        var encoder = EncoderStartConfiguration.Read(section);
        var (data, negatives, training) = (root.Section("data"), root.Section("negatives"), root.Section("training"));
        var split = data.Text("train", "train");
        var dev = data.Text("dev", "dev");
        if (dev == split) data.Problem("dev", $"is '{dev}', the split that is trained on; choose epochs on another one.");
        var run = negatives.OptionalFilePath("run");
        var loss = ReadLoss(root.Section("loss"));
        var groups = new GroupOptions
        {
            Negatives = negatives.WholeNumber("count", loss.OwnCandidates is null ? 0 : 1, least: loss.OwnCandidates is null ? 0 : 1, most: 1000),
            RunShare = negatives.Number("run_share", run is null ? 0 : 1, least: 0, most: 1),
            RunDepth = negatives.WholeNumber("run_depth", 50, least: 1),
            FixedNegatives = negatives.Flag("fixed", false),
            Seed = seed,
        };
        if (groups.RunShare > 0 && !negatives.Has("run")) negatives.Problem("run_share", "is above 0, but negatives.run is missing; name the run to take negatives from.");
        if (run is not null && groups.Negatives == 0) negatives.Problem("count", "is 0, but negatives.run is given; say how many of its passages to take for a query.");
        return new BiEncoderJob(new BiEncoderSettings
        {
            Encoder = encoder,
            Sentence = new SentenceModel
            {
                Pooling = section.Choice("pooling", "mean", ("mean", Pooling.Mean), ("cls", Pooling.Cls)),
                MaxLength = encoder.MaxLength,
                QueryPrompt = section.Text("query_prompt", ""),
                PassagePrompt = section.Text("passage_prompt", ""),
            },
            QueryLength = section.WholeNumber("query_length", Math.Min(64, encoder.MaxLength), least: 4, most: encoder.MaxLength),
            Collection = data.FilePath("collection"),
            TrainSplit = split,
            DevSplit = data.Flag("choose_on_dev", true) ? dev : null,
            NegativeRun = run,
            Groups = groups,
            Loss = loss,
            Fit = FitConfiguration.Read(training, seed, Defaults),
            MaxBatchTokens = training.WholeNumber("max_batch_tokens", 16384, least: 0),
        }, root.Effective);
    }

    private static BiEncoderLossSettings ReadLoss(ConfigurationSection section)
    {
        var own = section.Has("name") && section.Text("name", InBatch) != InBatch;
        var temperature = section.Number("temperature", own ? 1 : 0.05, least: 1e-3, most: own ? 100 : 1);
        if (own)
        {
            if (section.Has("learn_temperature")) section.Problem("learn_temperature", $"belongs to loss.name {InBatch}; leave it out.");
            section.OptionalText("learn_temperature");
            return new BiEncoderLossSettings { Temperature = temperature, OwnCandidates = RankingLosses.Read(section) };
        }
        section.Text("name", InBatch);
        return new BiEncoderLossSettings { Temperature = temperature, LearnTemperature = section.Flag("learn_temperature", false), Margin = section.Number("margin", 0, least: 0, most: 1) };
    }
}
