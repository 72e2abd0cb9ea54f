using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.Choosing;
using Dragoman.Training.CrossEncoders;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Teachers;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

/// <summary>A run of a small model over a collection in a folder, as the jobs make it, whose teacher can be asked.</summary>
internal static class TeacherRun
{
    private static readonly EncoderStart Encoder = new() { Vocabulary = TestPaths.Fixture("bert-tiny"), Hidden = 32, Layers = 1, Heads = 2, Intermediate = 32, Dropout = 0.1, MaxLength = 48 };

    internal static FitSettings Fit { get; } = new() { Epochs = 2, BatchSize = 8, LearningRate = 5e-3, Precision = Precision.Float32, Patience = 99, CheckpointSteps = 1, Seed = 7 };

    internal static BiEncoderSettings Bi(string collection, TeacherSettings? teacher, FitSettings? fit = null) => new()
    {
        Encoder = Encoder,
        Sentence = new SentenceModel { MaxLength = 48, QueryMaxLength = 32 },
        Collection = collection,
        TrainSplit = "train",
        DevSplit = "dev",
        HeldOutSplit = "dev",
        Candidates = new CandidateSettings { Options = new GroupOptions { Negatives = 1, Seed = 7 } },
        Loss = new BiEncoderLossSettings(),
        Sampling = Sampling(teacher),
        Fit = fit ?? Fit,
    };

    internal static CrossEncoderSettings Cross(string collection, TeacherSettings? teacher, FitSettings? fit = null) => new()
    {
        Encoder = Encoder,
        Data = new CrossEncoderData { Collection = collection, TrainSplit = "train", DevSplit = "dev" },
        Candidates = new CandidateSettings { Options = new GroupOptions { Negatives = 3, Seed = 7 } },
        Loss = new ListwiseCrossEntropyLoss(),
        Sampling = Sampling(teacher),
        Fit = fit ?? Fit,
    };

    /// <summary>Sampling that asks the teacher about every positive of the second epoch.</summary>
    private static SamplingSettings? Sampling(TeacherSettings? teacher) => teacher is null ? null : new()
    {
        Seed = 7, Proposal = new ProposalOptions(), Depth = 20, Teacher = teacher, Examples = new ExampleSettings { Scheme = SamplingScheme.Agreement, Weighs = true },
    };

    /// <summary>Runs the whole job.</summary>
    internal static JsonNode Train(ITrainingJob job, string output, TextWriter console, bool resume = false, CancellationToken? token = null)
    {
        using var log = new TrainingLog(console, output + ".log.jsonl", TimeProvider.System) { ConsoleInterval = TimeSpan.Zero };
        job.Run(new TrainingContext(output, 1, resume, log, TimeProvider.System), token ?? TestContext.Current.CancellationToken);
        return JsonNode.Parse(File.ReadAllText(Path.Combine(output, "manifest.json")))!;
    }

    /// <summary>A started bi-encoder with the sources that its job would give a teacher.</summary>
    internal static TeacherSources Sources(BiEncoderSettings settings, BiEncoderTrainee trainee, TrainingWeights weights, TrainingContext context, GroupSampler? sampler = null)
    {
        var collection = Collection.Open(settings.Collection!);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id);
        var passages = new PassageCatalogue(collection.ReadPassages());
        return new TeacherSources
        {
            Trained = () => trainee.Scorer,
            IsBiEncoder = true,
            Precision = Precision.Float32,
            Context = context with { Device = Device.Cpu },
            Weights = weights,
            Fit = settings.Fit,
            Start = folder => Start(settings, folder),
            Distillation = () => null,
            Sampler = sampler ?? new GroupSampler(queries, passages.Entries, collection.ReadQrels("train"), null, settings.Candidates.Options),
            Queries = queries,
            Passages = passages,
            Dev = () => DevChoice.ForCalibration(collection, "train", "dev", wanted: false),
            Depth = 20,
            Fingerprint = new RunFingerprint([], []),
        };
    }

    internal static BiEncoderTrainee Start(BiEncoderSettings settings, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(folder)) File.Delete(file);
        return BiEncoderTrainee.Start(settings, () => new InBatchLoss(settings.Loss.Temperature, null, 0, (_, _) => false), folder, Device.Cpu);
    }

    /// <summary>Cancels when a text was said after another.</summary>
    internal sealed class StoppingWriter(CancellationTokenSource source, string first, string then = "") : StringWriter
    {
        private bool _heard;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is null) return;
            if (then.Length == 0) _heard |= value.StartsWith(first, StringComparison.Ordinal);
            if (_heard && value.StartsWith(then, StringComparison.Ordinal)) source.Cancel();
            _heard |= value.StartsWith(first, StringComparison.Ordinal);
        }
    }

    /// <summary>A context whose log goes to a writer.</summary>
    internal static TrainingContext Context(TemporaryFolder folder, string output, TrainingLog log, bool resume = false, WorkerGroup? workers = null) =>
        new(folder[output], 1, resume, log, TimeProvider.System) { Workers = workers ?? WorkerGroup.Alone };
}
