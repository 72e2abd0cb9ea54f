using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Training.Choosing;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Trains a cross-encoder into a Hugging Face model folder with <c>training.json</c>, <c>manifest.json</c> and the log beside the model's own files.</summary>
internal sealed class CrossEncoderJob(CrossEncoderSettings settings, JsonObject configuration) : ITrainingJob
{
    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (context.Threads is { } threads) Torch.Threads = threads;
        using var stage = StageFolder.Begin(context.OutputPath);
        var data = settings.Data;
        var collection = Collection.Open(data.Collection);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id, StringComparer.Ordinal);
        var passages = collection.ReadPassages().ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        var devQrels = data.DevRun is null ? null : collection.ReadQrels(data.DevSplit);
        var onTest = devQrels is not null && DevChoice.IsOnTest(collection, data.DevSplit!, devQrels, data.ChooseOnTest);
        var sampler = new GroupSampler(queries, passages, collection.ReadQrels(data.TrainSplit), settings.Candidates.Run is { } path ? RunFile.Read(path) : null, settings.Candidates.Options);
        var dev = devQrels is null ? null : DevRanking.Read(data, devQrels, queries, passages);
        Tell(context, sampler, dev, passages.Count);

        Torch.ManualSeed(settings.Fit.Seed);
        var tokenizer = StartingModel.Tokenizer(settings.Encoder, stage.WorkingPath);
        var model = StartingModel.Classifier(settings.Encoder, tokenizer, stage.WorkingPath, out var drawn);
        using var crossEncoder = new CrossEncoder(model, new CrossEncoderOptions { Precision = settings.Fit.Precision });
        context.Log.Message($"{model.Parameters.Sum(parameter => parameter.Value.Count):N0} parameters, {drawn.Count} of {model.Parameters.Count} tensors drawn at random; {Torch.Threads} threads, {PrecisionChoice.Resolve(settings.Fit.Precision, DeviceKind.Cpu)}.");
        var inputs = Inputs(collection);
        var fingerprint = Fingerprint.OfText(configuration.ToJsonString() + inputs.ToJsonString());
        var checkpoint = new FitCheckpoint(context.CheckpointPath, fingerprint, settings.Fit.KeepCheckpoints);
        var maxLength = settings.Encoder.MaxLength;
        var (epochs, mining) = EpochGroups.For(sampler, queries, passages, settings.Candidates, context, null);
        using var searcher = mining;
        var objective = new CrossEncoderObjective(model, epoch => epochs.Of(epoch, cancellationToken), new PairTokenizer(tokenizer, maxLength, PairTokenizer.DefaultQueryLength(maxLength)), settings.Loss, new CrossEncoderObjectiveOptions
        {
            Groups = sampler.Count,
            MaxBatchTokens = settings.MaxBatchTokens,
            Precision = settings.Fit.Precision,
            Seed = settings.Fit.Seed,
        });
        var measure = dev is null ? null : new CrossEncoderDev(dev, crossEncoder, tokenizer, maxLength);
        var progress = new ModelFitter(objective, measure, settings.Fit, checkpoint, context).Run(cancellationToken);

        EncoderFolder.Save(model, stage.WorkingPath);
        var lists = epochs.Publish(stage.WorkingPath);
        var reached = Reached(progress, dev, onTest, context);
        var manifest = new JsonObject
        {
            ["stage"] = "train",
            ["dragoman"] = typeof(CrossEncoderJob).Assembly.GetName().Version?.ToString(3),
            ["libtorch"] = Torch.Version,
            ["precision"] = PrecisionChoice.Resolve(settings.Fit.Precision, DeviceKind.Cpu).ToString().ToLowerInvariant(),
            ["threads"] = Torch.Threads,
            ["seed"] = settings.Fit.Seed,
            ["inputs"] = inputs,
            ["selection"] = dev is null ? null : JsonSerializer.SerializeToNode(dev.Selection(collection, data, onTest), RunManifest.Json),
            ["groups"] = sampler.Count,
            ["groups_with_run_negatives"] = sampler.WithHardNegatives,
            ["candidates"] = lists,
            ["parameters"] = model.Parameters.Sum(parameter => parameter.Value.Count),
            ["tensors_drawn"] = drawn.Count,
            ["reached"] = reached.DeepClone(),
            ["history"] = progress.History.DeepClone(),
        };
        stage.Complete(configuration.DeepClone().AsObject(), manifest, "training.json");
        checkpoint.Delete();
        reached.Insert(0, "model", context.OutputPath);                                   // for the person who ran this; not for the record
        return reached;
    }

    private JsonObject Inputs(Collection collection)
    {
        var data = settings.Data;
        var inputs = new JsonObject
        {
            ["corpus"] = Fingerprint.OfFile(collection.CorpusPath),
            ["queries"] = Fingerprint.OfFile(collection.QueriesPath!),
            ["train"] = Fingerprint.OfFile(collection.QrelsPath(data.TrainSplit)),
            ["encoder"] = Fingerprint.OfFolder(StartingModel.Source(settings.Encoder)),
        };
        if (data.DevRun is not null)
        {
            inputs["dev"] = Fingerprint.OfFile(collection.QrelsPath(data.DevSplit));
            inputs["dev_run"] = Fingerprint.OfFile(data.DevRun);
        }
        CandidateConfiguration.AddInputs(settings.Candidates, inputs);
        return inputs;
    }

    private static JsonObject Reached(FitProgress progress, DevRanking? dev, bool onTest, TrainingContext context)
    {
        var reached = new JsonObject
        {
            ["epochs"] = progress.Epoch,
            ["steps"] = progress.Step,
            ["seconds"] = Math.Round(context.Log.Elapsed.TotalSeconds, 1),
            ["chosen"] = dev is null ? "the last epoch, as data.dev_run is not given" : $"epoch {progress.BestEpoch}, the best on {(onTest ? "TEST, as data.choose_on_test asks" : "dev")}",
        };
        if (dev is null) return reached;
        var best = progress.History.Single(entry => entry!["epoch"]!.GetValue<int>() == progress.BestEpoch)!;
        reached["dev_before"] = new JsonObject(dev.Before.Select(measure => KeyValuePair.Create<string, JsonNode?>(measure.Key, Math.Round(measure.Value, 4))));
        reached["dev_after"] = new JsonObject(dev.Before.Keys.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Math.Round(best[name]!.GetValue<double>(), 4))));
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
