using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
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

    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (context.Threads is { } threads) Torch.Threads = threads;
        using var stage = StageFolder.Begin(context.OutputPath);
        var collection = Collection.Open(settings.Collection);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id, StringComparer.Ordinal);
        var passages = collection.ReadPassages().ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        var qrels = collection.ReadQrels(settings.TrainSplit);
        var sampler = new GroupSampler(queries, passages, qrels, settings.NegativeRun is { } path ? RunFile.Read(path) : null, settings.Groups);

        Torch.ManualSeed(settings.Fit.Seed);
        var tokenizer = StartingModel.Tokenizer(settings.Encoder, stage.WorkingPath);
        var encoder = StartingModel.Encoder(settings.Encoder, tokenizer, stage.WorkingPath, out var drawn);
        var loss = Loss(qrels);
        using var module = new BiEncoderModule(encoder, loss.Learned);
        var asEncoder = new TransformerTextEncoder(encoder, tokenizer, settings.Sentence, "in training", settings.Fit.Precision);
        var dev = settings.DevSplit is { } split ? new BiEncoderDev(asEncoder, collection.ReadQrels(split), queries, passages, context.Log.Message) : null;
        Tell(context, sampler, dev, passages.Count);
        var inputs = Inputs(collection);
        var checkpoint = new FitCheckpoint(context.CheckpointPath, Fingerprint.OfText(configuration.ToJsonString() + inputs.ToJsonString()), settings.Fit.KeepCheckpoints);
        var objective = new BiEncoderObjective(module, sampler.Draw, tokenizer, loss, new BiEncoderObjectiveOptions
        {
            Groups = sampler.Count,
            Sentence = settings.Sentence,
            QueryLength = settings.QueryLength,
            MaxBatchTokens = settings.MaxBatchTokens,
            Precision = settings.Fit.Precision,
            Seed = settings.Fit.Seed,
        });
        var progress = new ModelFitter(objective, dev, settings.Fit, checkpoint, context).Run(cancellationToken);

        EncoderFolder.Save(encoder, stage.WorkingPath);
        SentenceModelFiles.Write(settings.Sentence, encoder.Config.HiddenSize, stage.WorkingPath);
        var reached = Reached(progress, dev, context);
        if (loss.Learned is LearnableTemperature temperature) reached["temperature"] = Math.Round(temperature.Value, 5);
        stage.Complete(configuration.DeepClone().AsObject(), new JsonObject
        {
            ["stage"] = "train",
            ["dragoman"] = typeof(BiEncoderJob).Assembly.GetName().Version?.ToString(3),
            ["libtorch"] = Torch.Version,
            ["precision"] = PrecisionChoice.Resolve(settings.Fit.Precision, DeviceKind.Cpu).ToString().ToLowerInvariant(),
            ["threads"] = Torch.Threads,
            ["seed"] = settings.Fit.Seed,
            ["inputs"] = inputs,
            ["groups"] = sampler.Count,
            ["parameters"] = encoder.Parameters.Sum(parameter => parameter.Value.Count),
            ["tensors_drawn"] = drawn.Count,
            ["reached"] = reached.DeepClone(),
            ["history"] = progress.History.DeepClone(),
        }, "training.json");
        checkpoint.Delete();
        reached.Insert(0, "model", context.OutputPath);
        return reached;
    }

    private IBiEncoderLoss Loss(Qrels qrels) => settings.Loss switch
    {
        { OwnCandidates: { } own } loss => new OwnCandidatesLoss(own, loss.Temperature),
        var loss => new InBatchLoss(loss.Temperature, loss.LearnTemperature ? new LearnableTemperature(loss.Temperature) : null, loss.Margin,
            (query, passage) => qrels.IndexOfQuery(query) >= 0 && qrels.Grade(query, passage) > 0),
    };

    private JsonObject Inputs(Collection collection)
    {
        var inputs = new JsonObject
        {
            ["corpus"] = Fingerprint.OfFile(collection.CorpusPath),
            ["queries"] = Fingerprint.OfFile(collection.QueriesPath!),
            ["train"] = Fingerprint.OfFile(collection.QrelsPath(settings.TrainSplit)),
            ["encoder"] = Fingerprint.OfFolder(StartingModel.Source(settings.Encoder)),
        };
        if (settings.DevSplit is { } dev) inputs["dev"] = Fingerprint.OfFile(collection.QrelsPath(dev));
        if (settings.NegativeRun is { } run) inputs["negative_run"] = Fingerprint.OfFile(run);
        return inputs;
    }

    private static JsonObject Reached(FitProgress progress, BiEncoderDev? dev, TrainingContext context)
    {
        var reached = new JsonObject
        {
            ["epochs"] = progress.Epoch,
            ["steps"] = progress.Step,
            ["seconds"] = Math.Round(context.Log.Elapsed.TotalSeconds, 1),
            ["chosen"] = dev is null ? "the last epoch, as data.choose_on_dev is false" : $"epoch {progress.BestEpoch}, the best on dev",
        };
        if (dev is null) return reached;
        var best = progress.History.Single(entry => entry!["epoch"]!.GetValue<int>() == progress.BestEpoch)!.AsObject();
        reached["dev_after"] = new JsonObject(Told.Where(best.ContainsKey)
            .Select(name => KeyValuePair.Create<string, JsonNode?>(name, Math.Round(best[name]!.GetValue<double>(), 4))));
        return reached;
    }

    private void Tell(TrainingContext context, GroupSampler sampler, BiEncoderDev? dev, int passages)
    {
        context.Log.Message($"{sampler.Count:N0} queries with a passage each{(settings.Groups.Negatives > 0 ? $" and {settings.Groups.Negatives} negatives" : "")}, from {passages:N0} passages.");
        if (sampler.UnknownQueries + sampler.UnknownPassages > 0)
            context.Log.Message($"warning: judgements of {sampler.UnknownQueries:N0} queries without text and of {sampler.UnknownPassages:N0} passages that the collection lacks were left out.");
        if (settings.Loss.OwnCandidates is not null) context.Log.Message("warning: this loss compares a query's own candidates only; vectors may collapse, as those of the source's dual encoder did. Watch mean_cosine, or use loss.name info-nce.");
        if (dev is not null) context.Log.Message($"Dev: {dev.Queries:N0} queries over {dev.Passages:N0} passages.");
    }
}
