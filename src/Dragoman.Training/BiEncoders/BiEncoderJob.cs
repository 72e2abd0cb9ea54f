using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling.Teachers;

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
        using IBiEncoderData data = settings.Parallel is null ? new CollectionData(settings) : new ParallelData(settings);
        var inputs = data.Inputs;
        if (FinishedRun.Reached(context, configuration, () => inputs) is { } finished) return finished;
        using var stage = StageFolder.Begin(context.OutputPath);

        var device = context.Device ?? settings.Fit.Device.Resolve();
        using var guide = Guide(device);
        BiEncoderTrainee Start(string folder) => BiEncoderTrainee.Start(settings, () => Loss(data, guide), folder, device);
        using var trainee = Start(stage.WorkingPath);
        var dev = data.Dev(trainee.AsEncoder, context.Log.Message, context.Log.Event);
        Tell(context, data, dev);
        if (!context.Workers.IsAlone && settings.Distillation.Embeddings is not null) throw new ConfigurationException("distillation.embeddings", ["vectors of a teacher are learned by one process; leave --workers out."]);
        var fingerprint = new RunFingerprint(configuration, inputs);
        context.Workers.RequireSame("a configuration or data", fingerprint.Whole);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, fingerprint.Whole, settings.Fit.KeepCheckpoints);
        if (!context.Resume) checkpoint.Delete();
        using var embeddings = settings.Distillation.Embeddings is { } wanted ? EmbeddingTeacher.Load(wanted, trainee.AsEncoder.Dimension, settings.Fit.Seed, settings.Fit.Precision, device) : null;
        if (embeddings is { Pairs: > 0 }) context.Log.Message($"{embeddings.Pairs:N0} pairs of parallel text, of which every query of a batch brings one.");
        trainee.Embeddings = embeddings;
        var weights = new TrainingWeights();
        data.Begin(context with { Device = device }, new BiEncoderRun
        {
            Trainee = trainee,
            Start = folder =>
            {
                var again = Start(folder);
                again.Embeddings = embeddings;
                return again;
            },
            Weights = weights,
            Fingerprint = fingerprint,
        }, cancellationToken);
        var progress = trainee.Fit(new TraineeFit { Count = data.MostGroups, Groups = epoch => data.Groups(epoch, cancellationToken), Settings = settings.Fit, Dev = dev, Checkpoint = checkpoint, Weights = weights }, context, cancellationToken);
        if (!context.Workers.IsFirst)
        {
            checkpoint.Delete();
            return [];
        }

        trainee.Save();
        var lists = data.Publish(stage.WorkingPath);
        var reached = Reached(progress, dev, data.OnTest, context);
        if (trainee.LearnedTemperature is { } temperature) reached["temperature"] = Math.Round(temperature, 5);
        var manifest = FitRecord.Manifest(settings.Fit, device, context.Workers);
        manifest["inputs"] = inputs;
        manifest["selection"] = data.Selection;
        manifest["groups"] = data.Count;
        manifest["candidates"] = lists;
        if (data.SamplingAccounts is { } accounts) manifest["sampling"] = accounts;
        if (data.Teacher is { } teacher) manifest["teacher"] = teacher;
        manifest["parameters"] = trainee.Model.Parameters.Sum(parameter => parameter.Value.Count);
        manifest["tensors_drawn"] = trainee.Drawn.Count;
        manifest["reached"] = reached.DeepClone();
        manifest["history"] = progress.History.DeepClone();
        stage.Complete(configuration.DeepClone().AsObject(), manifest, "training.json");
        checkpoint.Delete();
        reached.Insert(0, "model", context.OutputPath);
        return reached;
    }

    private GuideModel? Guide(Device device)
    {
        if (settings.Loss.Guide is not { } folder) return null;
        return new GuideModel(EncoderLoader.FromFolder(folder, settings.Fit.Precision, device), settings.Loss.GuideMargin);
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
