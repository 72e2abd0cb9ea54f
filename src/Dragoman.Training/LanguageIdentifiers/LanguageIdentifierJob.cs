using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Text.Languages.Identification;
using Dragoman.Text.Languages.Identification.Building;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>Makes a language identifier and measures it on what was held out. The same inputs and seed give the same bytes.</summary>
internal sealed class LanguageIdentifierJob(LanguageIdentifierRun run, JsonObject effective) : ITrainingJob
{
    private const string ModelFile = "model.bin", ConfigFile = "training.json", MeasuresFile = "measures.json";

    /// <inheritdoc/>
    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (FinishedRun.Manifest(context, effective, "sources", Sources, ConfigFile) is not null) return JsonNode.Parse(File.ReadAllText(Path.Combine(context.OutputPath, MeasuresFile)))!.AsObject();
        using var folder = StageFolder.Begin(context.OutputPath);
        var texts = LanguageTexts.Read(run.Sources, run.Seed);
        context.Log.Message($"texts: {texts.Training.Count} to learn from, {texts.Tuning.Count} to calibrate with, {texts.HeldOut.Count} held out");
        if (run.HeldOutTexts is { } path) LabelledText.Write(path, texts.HeldOut);
        cancellationToken.ThrowIfCancellationRequested();
        var builder = new LanguageIdentifierBuilder(run.Options);
        foreach (var text in texts.Training) builder.Add(text.Language, text.Text);
        var bytes = builder.Build([.. texts.Tuning.Select(text => (text.Language, text.Text))], context.Threads ?? 1);
        AtomicFile.Write(Path.Combine(folder.WorkingPath, ModelFile), stream => stream.Write(bytes));
        var identifier = LanguageIdentifier.Load(folder.WorkingPath);
        context.Log.Message($"model: {bytes.Length} bytes, {identifier.Languages.Count - 1} languages; measuring");
        var measures = new JsonObject { ["bytes"] = bytes.Length };
        foreach (var source in texts.HeldOut.GroupBy(text => text.Source)) measures[source.Key] = IdentificationMeasures.Of(identifier, [.. source]).ToJson();
        AtomicFile.WriteText(Path.Combine(folder.WorkingPath, MeasuresFile), writer => writer.WriteLine(measures.ToJsonString(StageFolder.Indented)));
        folder.Complete(effective, Manifest(texts, identifier), ConfigFile);
        return measures;
    }

    private JsonObject Manifest(LanguageTexts texts, LanguageIdentifier identifier) => new()
    {
        ["model"] = $"{run.Name}-{identifier.Version}",
        ["seed"] = run.Seed,
        ["training_texts"] = new JsonObject(texts.Training.CountBy(text => text.Language).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        ["tuning_texts"] = texts.Tuning.Count,
        ["held_out_texts"] = texts.HeldOut.Count,
        ["sources"] = Sources(),
    };

    private JsonArray Sources() => [.. run.Sources.Select(source => new JsonObject { ["file"] = Path.GetFileName(source.Path), ["fingerprint"] = Fingerprint.OfFile(source.Path) })];
}
