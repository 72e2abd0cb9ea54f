using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Training.Configuration;
using Dragoman.Training.Losses;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.Distillation;

/// <summary>Reads the section <c>distillation</c>.</summary>
internal static class DistillationConfiguration
{
    private const double Least = 1e-6;
    private static readonly string[] Mixed = ["loss", "weight", "temperature", "teacher_temperature"];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section; null when it is left out.</param>
    /// <param name="learnsItself">Whether the ranking loss learns from the teacher.</param>
    /// <param name="isBiEncoder">Whether scores are cosines.</param>
    internal static DistillationSettings Read(ConfigurationSection? section, bool learnsItself, bool isBiEncoder)
    {
        if (section is null) return new DistillationSettings();
        var settings = new DistillationSettings { Teacher = section.OptionalModelOrRun("teacher"), Embeddings = ReadEmbeddings(section, isBiEncoder) };
        if (!section.Has("teacher") && !section.Has("embeddings")) section.Problem("teacher", "is missing; name a run, or the folder of a cross-encoder or bi-encoder, whose scores are learned.");
        settings = settings with
        {
            RefusesMissing = section.Choice("missing", "skip", ("skip", false), ("error", true)),
            MaxLength = section.WholeNumber("max_length", 256, least: 8, most: 8192),
        };
        if (learnsItself || !section.Has("teacher"))
        {
            foreach (var key in Mixed.Where(section.Has)) section.Problem(key, learnsItself ? "is given, but loss.name learns from the teacher by itself; leave one out." : "is given without distillation.teacher; leave it out.");
            foreach (var key in Mixed) section.OptionalText(key);
            return settings;
        }
        var isMargin = section.Choice("loss", "kl", ("kl", false), ("margin-mse", true));
        var temperature = section.Number("temperature", isBiEncoder && !isMargin ? 0.05 : 1, least: Least);
        if (isMargin && !isBiEncoder && section.Has("temperature")) section.Problem("temperature", "belongs to distillation.loss kl; leave it out.");
        if (isMargin && section.Has("teacher_temperature")) section.Problem("teacher_temperature", "belongs to distillation.loss kl; leave it out.");
        var teacherTemperature = isMargin ? 1 : section.Number("teacher_temperature", 1, least: Least);
        if (isMargin) section.OptionalText("teacher_temperature");
        return settings with
        {
            Weight = section.Number("weight", 0.5, least: 0, most: 1),
            Loss = isMargin ? new MarginMseLoss() : new KlDistillationLoss(temperature, teacherTemperature),
            CosineTemperature = isMargin ? temperature : 1,
        };
    }

    /// <summary>Fingerprints of what the section names.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="inputs">Receives them.</param>
    internal static void AddInputs(DistillationSettings settings, JsonObject inputs)
    {
        if (settings.Teacher is { } teacher) inputs[Directory.Exists(teacher) ? "teacher_model" : "teacher_run"] = Directory.Exists(teacher) ? Fingerprint.OfFolder(teacher) : Fingerprint.OfFile(teacher);
        if (settings.Embeddings is not { } embeddings) return;
        inputs["teacher_encoder"] = Fingerprint.OfFolder(embeddings.Teacher);
        if (embeddings.Parallel.Count > 0) inputs["parallel"] = new JsonArray([.. embeddings.Parallel.Select(source => (JsonNode)Fingerprint.OfFile(source.Path))]);
    }

    private static EmbeddingDistillationSettings? ReadEmbeddings(ConfigurationSection section, bool isBiEncoder)
    {
        if (section.OptionalSection("embeddings") is not { } embeddings) return null;
        if (!isBiEncoder) section.Problem("embeddings", "belongs to task: bi-encoder; a cross-encoder has no vector of a text.");
        var parallel = embeddings.Sections("parallel").Select(ParallelSourceConfiguration.Read).ToList();
        if (parallel.Count > 0 && !embeddings.Has("source")) embeddings.Problem("source", "is missing; name the language of the parallel text that the teacher reads.");
        if (parallel.Count == 0 && embeddings.Has("source")) embeddings.Problem("source", "is given without distillation.embeddings.parallel; leave it out.");
        return new EmbeddingDistillationSettings
        {
            Teacher = (isBiEncoder ? embeddings.OptionalBiEncoder("teacher") : null) ?? embeddings.FilePath("teacher"),
            Weight = embeddings.Number("weight", 0.5, least: 0, most: 1),
            Source = embeddings.OptionalText("source") ?? "",
            Parallel = parallel,
        };
    }
}
