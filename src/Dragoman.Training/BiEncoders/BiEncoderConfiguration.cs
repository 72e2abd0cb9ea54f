using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Choosing;
using Dragoman.Training.Configuration;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.BiEncoders;

/// <summary>Reads <c>task: bi-encoder</c>.</summary>
internal static class BiEncoderConfiguration
{
    private const string InBatch = "info-nce";
    private static readonly string[] InBatchKeys = ["learn_temperature", "guide", "guide_margin"];
    private static readonly string[] OfCollections = ["collection", "train", "dev", "choose_on_dev", "choose_on_test"], OfGroups = ["count", "run", "mine", "judged"];
    private static readonly FitSettings Defaults = new() { Epochs = 3, BatchSize = 256, LearningRate = 2e-5 };

    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var seed = root.WholeNumber("seed", 42, least: 0);
        var section = root.Section("encoder");
        var encoder = EncoderStartConfiguration.Read(section, isPair: false);
        var (data, negatives, training) = (root.Section("data"), root.Section("negatives"), root.Section("training"));
        var parallel = data.OptionalSection("parallel") is { } rows ? ParallelPairSettings.Read(rows) : null;
        var ownLoss = root.Section("loss");
        var isOwn = IsOwn(ownLoss);
        if (parallel is not null) RefuseBeside(data, negatives, ownLoss);
        var (split, dev) = parallel is null ? (data.Text("train", "train"), data.Text("dev", "dev")) : ("", "");
        var isChosen = parallel is null && data.Flag("choose_on_dev", true);
        var chooseOnTest = parallel is null && DevChoice.Read(data, split, dev, isChosen);
        var candidates = CandidateConfiguration.Read(negatives, seed, new CandidateDefaults(Count: isOwn ? 1 : 0, Least: isOwn ? 1 : 0, RunShare: 1), minesItself: true);
        if (!isOwn && candidates.Options.Judged > 0) negatives.Problem("judged", $"belongs to a ranking loss over a query's own candidates; loss.name {InBatch} knows one positive.");
        var distilled = root.OptionalSection("distillation");
        var loss = ReadLoss(ownLoss, isOwn, distilled?.Has("teacher") == true);
        var distillation = DistillationConfiguration.Read(distilled, loss.OwnCandidates?.NeedsTeacher == true, isBiEncoder: true);
        if (distillation.Teacher is not null && candidates.Options.Negatives == 0) negatives.Problem("count", "is 0, but distillation.teacher compares a query's own candidates; take 1 or more.");
        var fit = FitConfiguration.Read(training, seed, Defaults);
        return new BiEncoderJob(new BiEncoderSettings
        {
            Encoder = encoder,
            Sentence = new SentenceModel
            {
                Pooling = section.Choice("pooling", "mean", ("mean", Pooling.Mean), ("cls", Pooling.Cls)),
                MaxLength = encoder.MaxLength,
                QueryMaxLength = section.WholeNumber("query_length", Math.Min(64, encoder.MaxLength), least: 4, most: encoder.MaxLength),
                QueryPrompt = section.Text("query_prompt", ""),
                PassagePrompt = section.Text("passage_prompt", ""),
            },
            Collection = parallel is null ? data.FilePath("collection") : null,
            Parallel = parallel,
            TrainSplit = split,
            DevSplit = isChosen ? dev : null,
            HeldOutSplit = parallel is null ? dev : null,
            ChooseOnTest = chooseOnTest,
            Candidates = candidates,
            Sampling = SamplingConfiguration.Read(root, negatives, new SamplingSurroundings(seed, loss.Temperature, candidates, fit.Epochs, Searches: true, fit.Average, IsParallel: parallel is not null)),
            Loss = loss,
            Distillation = distillation,
            Passes = PassConfiguration.Read(root, ownLoss, encoder),
            Fit = fit,
            MaxBatchTokens = training.WholeNumber("max_batch_tokens", 16384, least: 0),
        }, root.Effective);
    }

    /// <summary>What means nothing where pairs come from parallel text.</summary>
    private static void RefuseBeside(ConfigurationSection data, ConfigurationSection negatives, ConfigurationSection loss)
    {
        foreach (var key in OfCollections.Where(data.Has))
        {
            data.Problem(key, "cannot be given together with data.parallel; leave one out. Rows that data.parallel holds out take the place of dev.");
            data.OptionalText(key);
        }
        foreach (var key in OfGroups.Where(negatives.Has))
            negatives.Problem(key, "needs a judged collection; pairs of data.parallel have the batch's other pairs as negatives.");
        if (IsOwn(loss)) loss.Problem("name", $"compares a query's own candidates, of which pairs of data.parallel have one; use {InBatch}.");
    }

    private static bool IsOwn(ConfigurationSection section) => section.Has("name") && section.Text("name", InBatch) != InBatch;

    private static BiEncoderLossSettings ReadLoss(ConfigurationSection section, bool own, bool withTeacher)
    {
        var temperature = section.Number("temperature", own ? 1 : 0.05, least: 1e-3, most: own ? 100 : 1);
        if (own)
        {
            foreach (var key in InBatchKeys)
            {
                if (section.Has(key)) section.Problem(key, $"belongs to loss.name {InBatch}; leave it out.");
                section.OptionalText(key);
            }
            return new BiEncoderLossSettings
            {
                Temperature = temperature,
                OwnCandidates = RankingLosses.Read(section, withTeacher, ofCosines: true),
                OwnTemperature = RankingLosses.HasTemperature(section.Text("name", InBatch)) ? 1 : temperature,
            };
        }
        section.Text("name", InBatch);
        var guide = section.OptionalBiEncoder("guide");
        if (!section.Has("guide") && section.Has("guide_margin")) section.Problem("guide_margin", "is given without loss.guide; leave it out.");
        return new BiEncoderLossSettings
        {
            Temperature = temperature,
            LearnTemperature = section.Flag("learn_temperature", false),
            Margin = section.Number("margin", 0, least: 0, most: 1),
            Guide = guide,
            GuideMargin = section.Number("guide_margin", 0, least: -2, most: 2),
        };
    }
}
