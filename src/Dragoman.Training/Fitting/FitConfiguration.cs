using Dragoman.Models;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Fitting;

/// <summary>Reads the section <c>training</c>, which is the same for every neural ranker.</summary>
internal static class FitConfiguration
{
    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="seed">The file's seed.</param>
    /// <param name="defaults">What holds where the file says nothing.</param>
    internal static FitSettings Read(ConfigurationSection section, int seed, FitSettings defaults)
    {
        if (section.Has("warmup") && section.Has("warmup_epochs")) section.Problem("warmup", "is given beside training.warmup_epochs; leave one out, or set it to null where a preset gives it.");
        return ReadKeys(section, seed, defaults);
    }

    private static FitSettings ReadKeys(ConfigurationSection section, int seed, FitSettings defaults) => new()
    {
        Epochs = section.WholeNumber("epochs", defaults.Epochs, least: 1),
        BatchSize = section.WholeNumber("batch_size", defaults.BatchSize, least: 1),
        Accumulate = section.WholeNumber("accumulate", defaults.Accumulate, least: 1),
        LearningRate = section.Number("learning_rate", defaults.LearningRate, least: 0),
        HeadLearningRate = OptionalNumber(section, "head_learning_rate", defaults.HeadLearningRate),
        LayerDecay = section.Number("layer_decay", defaults.LayerDecay, least: 1e-3, most: 1),
        FrozenLayers = section.WholeNumber("frozen_layers", defaults.FrozenLayers, least: 0),
        WeightDecay = section.Number("weight_decay", defaults.WeightDecay, least: 0),
        Schedule = section.Choice("schedule", Word(defaults.Schedule), ("linear", RateSchedule.Linear), ("cosine", RateSchedule.Cosine), ("constant", RateSchedule.Constant)),
        Warmup = section.Number("warmup", defaults.Warmup, least: 0, most: 1),
        WarmupEpochs = OptionalNumber(section, "warmup_epochs", defaults.WarmupEpochs),
        ClipNorm = section.Number("clip_norm", defaults.ClipNorm, least: 0),
        Average = section.Number("average", defaults.Average, least: 0, most: 0.999999),
        Patience = section.WholeNumber("patience", defaults.Patience, least: 1),
        CheckpointSteps = section.WholeNumber("checkpoint_steps", defaults.CheckpointSteps, least: 0),
        KeepCheckpoints = section.WholeNumber("keep_checkpoints", defaults.KeepCheckpoints, least: 1),
        Precision = section.Choice("precision", "auto", ("auto", Precision.Auto), ("float32", Precision.Float32), ("bfloat16", Precision.BFloat16)),
        Device = Device(section),
        Seed = seed,
    };

    private static DeviceChoice Device(ConfigurationSection section)
    {
        var text = section.Text("device", "auto");
        if (DeviceChoice.TryParse(text) is { } device) return device;
        section.Problem("device", $"is '{text}'; use {DeviceChoice.Spellings}.");
        return DeviceChoice.Auto;
    }

    private static double? OptionalNumber(ConfigurationSection section, string key, double? fallback)
    {
        if (section.Has(key) || fallback is not null) return section.Number(key, fallback, least: 0);
        section.OptionalText(key);
        return null;
    }

    private static string Word(RateSchedule schedule) => schedule.ToString().ToLowerInvariant();
}
