using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;

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
        using IBiEncoderData data = settings.Parallel is null ? new CollectionData(settings) : new ParallelData(settings);

        Torch.ManualSeed(settings.Fit.Seed);
        var tokenizer = StartingModel.Tokenizer(settings.Encoder, stage.WorkingPath);
        var encoder = StartingModel.Encoder(settings.Encoder, tokenizer, stage.WorkingPath, out var drawn);
        using var guide = Guide();
        var loss = Loss(data, guide);
        using var module = new BiEncoderModule(encoder, loss.Learned);
        var device = context.Device ?? settings.Fit.Device.Resolve();
        module.To(device);
        var asEncoder = new TransformerTextEncoder(encoder, tokenizer, settings.Sentence, "in training", settings.Fit.Precision);
        var dev = data.Dev(asEncoder, context.Log.Message, context.Log.Event);
        Tell(context, data, dev);
        var inputs = data.Inputs;
        if (!context.Workers.IsAlone && settings.Distillation.Embeddings is not null) throw new ConfigurationException("distillation.embeddings", ["vectors of a teacher are learned by one process; leave --workers out."]);
        var fingerprint = Fingerprint.OfText(configuration.ToJsonString() + inputs.ToJsonString());
        context.Workers.RequireSame("a configuration or data", fingerprint);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, fingerprint, settings.Fit.KeepCheckpoints);
        data.Begin(context with { Device = device }, asEncoder);
        using var embeddings = settings.Distillation.Embeddings is { } wanted ? EmbeddingTeacher.Load(wanted, asEncoder.Dimension, settings.Fit.Seed, settings.Fit.Precision) : null;
        if (embeddings is { Pairs: > 0 }) context.Log.Message($"{embeddings.Pairs:N0} pairs of parallel text, of which every query of a batch brings one.");
        var objective = new BiEncoderObjective(module, epoch => data.Groups(epoch, cancellationToken), tokenizer, loss, new BiEncoderObjectiveOptions
        {
            Groups = data.MostGroups,
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
        var lists = data.Publish(stage.WorkingPath);
        var reached = Reached(progress, dev, data.OnTest, context);
        if (loss.Learned is LearnableTemperature temperature) reached["temperature"] = Math.Round(temperature.Value, 5);
        var manifest = FitRecord.Manifest(settings.Fit, device, context.Workers);
        manifest["inputs"] = inputs;
        manifest["selection"] = data.Selection;
        manifest["groups"] = data.Count;
        manifest["candidates"] = lists;
        if (data.SamplingAccounts is { } accounts) manifest["sampling"] = accounts;
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

    private IBiEncoderLoss Loss(IBiEncoderData data, GuideModel? guide)
    {
        var (wanted, distillation) = (settings.Loss, settings.Distillation);
        IBiEncoderLoss loss = wanted.OwnCandidates is { } own
            ? new OwnCandidatesLoss(own, wanted.OwnTemperature)
            : new InBatchLoss(wanted.Temperature, wanted.LearnTemperature ? new LearnableTemperature(wanted.Temperature) : null, wanted.Margin, data.IsRelevant, guide);
        return distillation.Loss is { } teacher ? new DistilledBiEncoderLoss(loss, new OwnCandidatesLoss(teacher, distillation.CosineTemperature), distillation.Weight) : loss;
    }

    private JsonObject Reached(FitProgress progress, BiEncoderDev? dev, bool onTest, TrainingContext context)
    {
        var reached = FitRecord.Reached(progress, settings.Parallel is null ? "data.choose_on_dev is false" : "no rows are held out", onTest, context);
        if (dev is not null) reached["dev_after"] = FitRecord.Best(progress, Told);
        return reached;
    }

    private void Tell(TrainingContext context, IBiEncoderData data, BiEncoderDev? dev)
    {
        context.Log.Message(data.Description);
        foreach (var warning in data.Warnings) context.Log.Message("warning: " + warning);
        if (settings.Loss.OwnCandidates is not null) context.Log.Message("warning: this loss compares a query's own candidates only; vectors may collapse, as those of the source's dual encoder did. Watch mean_cosine, or use loss.name info-nce.");
        if (dev is not null) context.Log.Message($"Dev: {dev.Queries:N0} queries over {dev.Passages:N0} passages.");
    }
}
