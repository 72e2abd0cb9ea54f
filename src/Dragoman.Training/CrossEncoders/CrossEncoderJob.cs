using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Tensors;
using Dragoman.Training.Choosing;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Trains a cross-encoder into a Hugging Face model folder with <c>training.json</c>, <c>manifest.json</c> and the log beside the model's own files.</summary>
internal sealed class CrossEncoderJob(CrossEncoderSettings settings, JsonObject configuration) : ITrainingJob
{
    public bool CanBeShared => true;

    public DeviceChoice? Device => settings.Fit.Device;

    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (context.Threads is { } threads) Torch.Threads = threads;
        var data = settings.Data;
        var collection = Collection.Open(data.Collection);
        var inputs = Inputs(collection);
        if (FinishedRun.Reached(context, configuration, () => inputs) is { } finished) return finished;
        using var stage = StageFolder.Begin(context.OutputPath);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id, StringComparer.Ordinal);
        var passages = new PassageCatalogue(collection.ReadPassages());
        var devQrels = data.DevRun is null ? null : collection.ReadQrels(data.DevSplit);
        var onTest = devQrels is not null && DevChoice.IsOnTest(collection, data.DevSplit!, devQrels, data.ChooseOnTest);
        var (qrels, run) = (collection.ReadQrels(data.TrainSplit), settings.Candidates.Run is { } path ? RunFile.Read(path) : null);
        var sampler = new GroupSampler(queries, passages.Entries, qrels, run, settings.Candidates.Options);
        var dev = devQrels is null ? null : DevRanking.Read(data, devQrels, queries, passages.Read());
        Tell(context, sampler, dev, passages.Entries.Count);

        var device = context.Device ?? settings.Fit.Device.Resolve();
        using var trainee = CrossEncoderTrainee.Start(settings, stage.WorkingPath, device);
        var model = trainee.Model.Model;
        context.Log.Message($"{model.Parameters.Sum(parameter => parameter.Value.Count):N0} parameters, {trainee.Drawn.Count} of {model.Parameters.Count} tensors drawn at random; {Torch.Threads} {(Torch.Threads == 1 ? "thread" : "threads")}, {PrecisionChoice.Resolve(settings.Fit.Precision, device.Kind)}, on {device}.");
        var fingerprint = new RunFingerprint(configuration, inputs);
        context.Workers.RequireSame("a configuration or data", fingerprint.Whole);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, fingerprint.Whole, settings.Fit.KeepCheckpoints);
        if (!context.Resume) checkpoint.Delete();
        var weights = new TrainingWeights();
        using var teacher = settings.Sampling?.Teacher is not { } asked ? null : RelevanceTeachers.Open(asked, new TeacherSources
        {
            Trained = () => trainee.Scorer,
            IsBiEncoder = false,
            MaxLength = settings.Encoder.MaxLength,
            Precision = settings.Fit.Precision,
            Context = context with { Device = device },
            Weights = weights,
            Fit = settings.Fit,
            Start = folder => CrossEncoderTrainee.Start(settings, folder, device),
            Distillation = () => Teachers.Open(settings.Distillation, settings.Fit.Precision, device),
            Sampler = sampler,
            Queries = queries,
            Passages = passages,
            NegativeRun = settings.Candidates.Run,
            Depth = settings.Sampling.Depth,
            AsksPositives = settings.Sampling.AsksPositives,
            Dev = () => DevChoice.ForCalibration(collection, data.TrainSplit, data.DevSplit!, data.ChooseOnTest),
            Fingerprint = fingerprint,
        }, cancellationToken);
        var sampling = settings.Sampling is not { } plan ? null : new SamplingStart
        {
            Settings = plan, Qrels = qrels, Run = run, RunPath = settings.Candidates.Run, Negatives = settings.Candidates.Options.Negatives, Model = () => trainee.Scorer, Teacher = teacher,
        };
        using var epochs = EpochGroups.For(sampler, queries, passages, settings.Candidates, () => Teachers.Open(settings.Distillation, settings.Fit.Precision, device), context with { Device = device }, null, sampling);
        var progress = trainee.Fit(new TraineeFit
        {
            Count = EpochSampling.MostGroups(settings.Sampling, sampler.Count),
            Groups = epoch => epochs.Of(epoch, cancellationToken),
            Settings = settings.Fit,
            Dev = dev is null ? null : new CrossEncoderDev(dev, trainee.Model, trainee.Tokenizer, settings.Encoder.MaxLength),
            Checkpoint = checkpoint,
            Weights = weights,
        }, context, cancellationToken);
        if (!context.Workers.IsFirst)
        {
            checkpoint.Delete();
            return [];
        }

        trainee.Save();
        var lists = epochs.Publish(stage.WorkingPath);
        if (teacher is not null) RelevanceTeachers.Publish(teacher, stage.WorkingPath, lists);
        var reached = Reached(progress, dev, onTest, context);
        var manifest = FitRecord.Manifest(settings.Fit, device, context.Workers);
        manifest["inputs"] = inputs;
        manifest["selection"] = devQrels is null ? null
            : JsonSerializer.SerializeToNode(FitRecord.Selection(collection, data.DevSplit, devQrels, DevRanking.MeasureName, onTest, data.DevRun), RunManifest.Json);
        manifest["groups"] = sampler.Count;
        manifest["groups_with_run_negatives"] = sampler.WithHardNegatives;
        manifest["candidates"] = lists;
        if (epochs.SamplingAccounts is { } accounts) manifest["sampling"] = accounts;
        if (teacher is not null) manifest["teacher"] = teacher.Record();
        manifest["parameters"] = model.Parameters.Sum(parameter => parameter.Value.Count);
        manifest["tensors_drawn"] = trainee.Drawn.Count;
        manifest["reached"] = reached.DeepClone();
        manifest["history"] = progress.History.DeepClone();
        stage.Complete(configuration.DeepClone().AsObject(), manifest, "training.json");
        checkpoint.Delete();
        reached.Insert(0, "model", context.OutputPath);                                   // for the person who ran this; not for the record
        return reached;
    }

    private JsonObject Inputs(Collection collection)
    {
        var data = settings.Data;
        var inputs = FitRecord.Inputs(collection, data.TrainSplit, data.DevRun is null && settings.Sampling?.Teacher?.Calibrates != true ? null : data.DevSplit, settings.Encoder);
        if (data.DevRun is not null) inputs["dev_run"] = Fingerprint.OfFile(data.DevRun);
        CandidateConfiguration.AddInputs(settings.Candidates, inputs);
        DistillationConfiguration.AddInputs(settings.Distillation, inputs);
        TeacherConfiguration.AddInputs(settings.Sampling?.Teacher, inputs);
        return inputs;
    }

    private static JsonObject Reached(FitProgress progress, DevRanking? dev, bool onTest, TrainingContext context)
    {
        var reached = FitRecord.Reached(progress, "data.dev_run is not given", onTest, context);
        if (dev is null) return reached;
        reached["dev_before"] = FitRecord.Rounded(dev.Before);
        reached["dev_after"] = FitRecord.Best(progress, dev.Before.Keys);
        return reached;
    }

    private void Tell(TrainingContext context, GroupSampler sampler, DevRanking? dev, int passages)
    {
        context.Log.Message($"{sampler.Count:N0} groups of 1 positive and {settings.Candidates.Options.Negatives} negatives from {passages:N0} passages; {sampler.WithHardNegatives:N0} have negatives in the run.");
        foreach (var warning in sampler.Warnings()) context.Log.Message("warning: " + warning);
        context.Log.Message(dev is null ? "No data.dev_run: the last epoch will be kept." : $"Dev: {dev.Pairs:N0} candidates of {dev.Queries:N0} queries.");
        foreach (var warning in dev?.Warnings ?? []) context.Log.Message($"warning: {settings.Data.DevRun}: {warning.Text}");
    }
}
