using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Training.Choosing;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>Trains a bi-encoder into a folder that Hugging Face's classes and sentence-transformers read, with <c>training.json</c>, <c>manifest.json</c> and the log beside the model's own files.</summary>
internal sealed class BiEncoderJob(BiEncoderSettings settings, JsonObject configuration) : ITrainingJob
{
    private static readonly string[] Told = ["nDCG@10", "RR@10", "R@100", "mean_cosine", "auc", "effective_rank"];

    public bool CanBeShared => true;

    public DeviceChoice? Device => settings.Fit.Device;

    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (context.Threads is { } threads) Torch.Threads = threads;
        using var stage = StageFolder.Begin(context.OutputPath);
        var collection = Collection.Open(settings.Collection);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id, StringComparer.Ordinal);
        var passages = new PassageCatalogue(collection.ReadPassages());
        var qrels = collection.ReadQrels(settings.TrainSplit);
        var devQrels = settings.DevSplit is { } split ? collection.ReadQrels(split) : null;
        var onTest = devQrels is not null && DevChoice.IsOnTest(collection, settings.DevSplit!, devQrels, settings.ChooseOnTest);
        var sampler = new GroupSampler(queries, passages.Entries, qrels, settings.Candidates.Run is { } path ? RunFile.Read(path) : null, settings.Candidates.Options);

        Torch.ManualSeed(settings.Fit.Seed);
        var tokenizer = StartingModel.Tokenizer(settings.Encoder, stage.WorkingPath);
        var encoder = StartingModel.Encoder(settings.Encoder, tokenizer, stage.WorkingPath, out var drawn);
        using var guide = Guide();
        var loss = Loss(qrels, guide);
        using var module = new BiEncoderModule(encoder, loss.Learned);
        var device = context.Device ?? settings.Fit.Device.Resolve();
        module.To(device);
        var asEncoder = new TransformerTextEncoder(encoder, tokenizer, settings.Sentence, "in training", settings.Fit.Precision);
        var dev = devQrels is not null ? new BiEncoderDev(asEncoder, devQrels, queries, passages, context.Log.Message, context.Log.Event) : null;
        Tell(context, sampler, dev, passages.Entries.Count);
        var inputs = Inputs(collection);
        if (!context.Workers.IsAlone && settings.Distillation.Embeddings is not null) throw new ConfigurationException("distillation.embeddings", ["vectors of a teacher are learned by one process; leave --workers out."]);
        var fingerprint = Fingerprint.OfText(configuration.ToJsonString() + inputs.ToJsonString());
        context.Workers.RequireSame("a configuration or data", fingerprint);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, fingerprint, settings.Fit.KeepCheckpoints);
        using var epochs = EpochGroups.For(sampler, queries, passages, settings.Candidates, () => Teachers.Open(settings.Distillation, settings.Fit.Precision), context, asEncoder);
        using var embeddings = settings.Distillation.Embeddings is { } wanted ? EmbeddingTeacher.Load(wanted, asEncoder.Dimension, settings.Fit.Seed, settings.Fit.Precision) : null;
        if (embeddings is { Pairs: > 0 }) context.Log.Message($"{embeddings.Pairs:N0} pairs of parallel text, of which every query of a batch brings one.");
        var objective = new BiEncoderObjective(module, epoch => epochs.Of(epoch, cancellationToken), tokenizer, loss, new BiEncoderObjectiveOptions
        {
            Groups = sampler.Count,
            Sentence = settings.Sentence,
            MaxBatchTokens = settings.MaxBatchTokens,
            Passes = settings.Passes,
            Embeddings = embeddings,
            Precision = settings.Fit.Precision,
            Seed = settings.Fit.Seed,
        });
        var progress = new ModelFitter(objective, dev, settings.Fit, checkpoint, context).Run(cancellationToken);
        if (!context.Workers.IsFirst)
        {
            checkpoint.Delete();
            return [];
        }

        EncoderFolder.Save(encoder, stage.WorkingPath);
        SentenceModelFiles.Write(settings.Sentence, encoder.Config.HiddenSize, stage.WorkingPath);
        var lists = epochs.Publish(stage.WorkingPath);
        var reached = Reached(progress, dev, onTest, context);
        if (loss.Learned is LearnableTemperature temperature) reached["temperature"] = Math.Round(temperature.Value, 5);
        var manifest = FitRecord.Manifest(settings.Fit, device, context.Workers);
        manifest["inputs"] = inputs;
        manifest["selection"] = devQrels is null ? null
            : JsonSerializer.SerializeToNode(FitRecord.Selection(collection, settings.DevSplit, devQrels, BiEncoderDev.MeasureName, onTest, run: null), RunManifest.Json);
        manifest["groups"] = sampler.Count;
        manifest["candidates"] = lists;
        manifest["parameters"] = encoder.Parameters.Sum(parameter => parameter.Value.Count);
        manifest["tensors_drawn"] = drawn.Count;
        manifest["reached"] = reached.DeepClone();
        manifest["history"] = progress.History.DeepClone();
        stage.Complete(configuration.DeepClone().AsObject(), manifest, "training.json");
        checkpoint.Delete();
        reached.Insert(0, "model", context.OutputPath);
        return reached;
    }

    private GuideModel? Guide()
    {
        if (settings.Loss.Guide is not { } folder) return null;
        if (EncoderLoader.IsCrossEncoder(folder)) throw new ConfigurationException(folder, ["it is a cross-encoder, which would have to read every query of a batch with every passage; loss.guide needs a bi-encoder."]);
        return new GuideModel(EncoderLoader.FromFolder(folder, settings.Fit.Precision), settings.Loss.GuideMargin);
    }

    private IBiEncoderLoss Loss(Qrels qrels, GuideModel? guide)
    {
        var (wanted, distillation) = (settings.Loss, settings.Distillation);
        IBiEncoderLoss loss = wanted.OwnCandidates is { } own
            ? new OwnCandidatesLoss(own, wanted.Temperature)
            : new InBatchLoss(wanted.Temperature, wanted.LearnTemperature ? new LearnableTemperature(wanted.Temperature) : null, wanted.Margin,
                (query, passage) => qrels.IndexOfQuery(query) >= 0 && qrels.Grade(query, passage) > 0, guide);
        return distillation.Loss is { } teacher ? new DistilledBiEncoderLoss(loss, new OwnCandidatesLoss(teacher, distillation.CosineTemperature), distillation.Weight) : loss;
    }

    private JsonObject Inputs(Collection collection)
    {
        var inputs = FitRecord.Inputs(collection, settings.TrainSplit, settings.DevSplit, settings.Encoder);
        CandidateConfiguration.AddInputs(settings.Candidates, inputs);
        DistillationConfiguration.AddInputs(settings.Distillation, inputs);
        if (settings.Loss.Guide is { } guide) inputs["guide"] = Fingerprint.OfFolder(guide);
        return inputs;
    }

    private static JsonObject Reached(FitProgress progress, BiEncoderDev? dev, bool onTest, TrainingContext context)
    {
        var reached = FitRecord.Reached(progress, "data.choose_on_dev is false", onTest, context);
        if (dev is not null) reached["dev_after"] = FitRecord.Best(progress, Told);
        return reached;
    }

    private void Tell(TrainingContext context, GroupSampler sampler, BiEncoderDev? dev, int passages)
    {
        context.Log.Message($"{sampler.Count:N0} queries with a passage each{(settings.Candidates.Options.Negatives > 0 ? $" and {settings.Candidates.Options.Negatives} negatives" : "")}, from {passages:N0} passages.");
        foreach (var warning in sampler.Warnings()) context.Log.Message("warning: " + warning);
        if (settings.Loss.OwnCandidates is not null) context.Log.Message("warning: this loss compares a query's own candidates only; vectors may collapse, as those of the source's dual encoder did. Watch mean_cosine, or use loss.name info-nce.");
        if (dev is not null) context.Log.Message($"Dev: {dev.Queries:N0} queries over {dev.Passages:N0} passages.");
    }
}
