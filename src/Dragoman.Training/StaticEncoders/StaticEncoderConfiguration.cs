using Dragoman.Training.Configuration;
using Dragoman.Training.Jobs;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.StaticEncoders;

/// <summary>Reads the configuration of <c>task: static-encoder</c>.</summary>
internal static class StaticEncoderConfiguration
{
    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var (model, vocabulary, sampling, training) = (root.Section("model"), root.Section("vocabulary"), root.Section("sampling"), root.Section("training"));
        var learned = training.Flag("learn_temperature", false);
        var options = new StaticEncoderOptions
        {
            Name = root.Text("name"),
            Seed = root.WholeNumber("seed", 1, least: 0),
            Sources = [.. root.Sections("sources").Select(ParallelSourceConfiguration.Read)],
            Dimension = model.WholeNumber("dimension", 384, least: 8, most: 4096),
            MaxTokens = model.WholeNumber("max_tokens", 96, least: 4, most: 512),
            VocabularyModel = vocabulary.OptionalFilePath("model"),
            Vocabulary = new VocabularyOptions
            {
                Size = vocabulary.WholeNumber("size", 48000, least: 500, most: 250_000),
                CharacterCoverage = vocabulary.Number("character_coverage", 0.9998, 0.98, 1),
                Characters = vocabulary.WholeNumber("characters", 45_000_000, least: 10_000),
                LanguageExponent = vocabulary.Number("language_exponent", 0.5, 0, 1),
                MaxRepeats = vocabulary.WholeNumber("max_repeats", 3, least: 1, most: 100),
            },
            Sampling = new SamplingOptions
            {
                BatchPairs = sampling.WholeNumber("batch_pairs", 2048),
                TokenDropout = sampling.Number("token_dropout", 0.15),
                LanguageSmoothing = sampling.Number("language_smoothing", 0.5),
                PassageShare = sampling.Number("passage_share", 0),
                QueryDropout = sampling.Number("query_dropout", 0.3),
            },
            Steps = training.WholeNumber("steps", 6000, least: 1),
            WarmupSteps = training.WholeNumber("warmup_steps", 300, least: 0),
            LearningRate = training.Number("learning_rate", 0.01, least: 0),
            WeightRateFactor = training.Number("weight_rate_factor", 0.3, least: 0),
            ClipNorm = training.Number("clip_norm", 0, least: 0),
            FirstTemperature = training.Number("first_temperature", 0.05, 0.001, 1),
            LearnTemperature = learned,
            LastTemperature = learned ? NoLastTemperature(training) : training.Number("last_temperature", 0.05, 0.001, 1),
            Margin = training.Number("margin", 0, 0, 1),
            BFloat16 = training.Choice("precision", "bfloat16", ("bfloat16", true), ("float32", false)),
            CheckpointSteps = training.WholeNumber("checkpoint_steps", 1000, least: 1),
            EvaluationPairs = [.. root.Texts("evaluation_pairs", []).Select(pair => Pair(root, pair))],
        };
        foreach (var problem in options.Sampling.Problems()) root.Problem("sampling", problem);
        if (options.WarmupSteps > options.Steps) training.Problem("warmup_steps", $"is {options.WarmupSteps}, more than the {options.Steps} steps.");
        if (options is { LearnTemperature: true, FirstTemperature: < 0.01 }) training.Problem("first_temperature", "is below 0.01, the least that training.learn_temperature reaches; use more.");
        if (options.Sources.Count == 0) root.Problem("sources", "is empty; list at least one file of parallel text.");
        return new StaticEncoderJob(options, root.Effective);
    }

    private static double NoLastTemperature(ConfigurationSection training)
    {
        if (training.Has("last_temperature")) training.Problem("last_temperature", "cannot be given together with training.learn_temperature; leave one out.");
        training.OptionalText("last_temperature");
        return 0;
    }

    private static (string From, string To) Pair(ConfigurationSection root, string text)
    {
        if (ParallelSourceConfiguration.Pair(text) is { } pair) return pair;
        root.Problem("evaluation_pairs", $"has \"{text}\"; write a pair as \"zh > kk\".");
        return ("", "");
    }
}
