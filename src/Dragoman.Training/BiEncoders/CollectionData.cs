using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;
using Dragoman.Training.Choosing;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.BiEncoders;

/// <summary>Trains on a judged collection, with negatives of a query's own where the section <c>negatives</c> asks for them.</summary>
internal sealed class CollectionData : IBiEncoderData
{
    private readonly BiEncoderSettings _settings;
    private readonly Collection _collection;
    private readonly Dictionary<string, Query> _queries;
    private readonly PassageCatalogue _passages;
    private readonly Qrels _qrels;
    private readonly Qrels? _devQrels;
    private readonly Run? _run;
    private readonly GroupSampler _sampler;
    private EpochGroups? _epochs;
    private IRecordedTeacher? _teacher;

    internal CollectionData(BiEncoderSettings settings)
    {
        _settings = settings;
        _collection = Collection.Open(settings.Collection!);
        _queries = _collection.ReadQueries().ToDictionary(query => query.Id, StringComparer.Ordinal);
        _passages = new PassageCatalogue(_collection.ReadPassages());
        _qrels = _collection.ReadQrels(settings.TrainSplit);
        _devQrels = settings.DevSplit is { } split ? _collection.ReadQrels(split) : null;
        OnTest = _devQrels is not null && DevChoice.IsOnTest(_collection, settings.DevSplit!, _devQrels, settings.ChooseOnTest);
        _run = settings.Candidates.Run is { } path ? RunFile.Read(path) : null;
        _sampler = new GroupSampler(_queries, _passages.Entries, _qrels, _run, settings.Candidates.Options);
    }

    public int Count => _sampler.Count;

    public int MostGroups => EpochSampling.MostGroups(_settings.Sampling, _sampler.Count);

    public JsonArray? SamplingAccounts => _epochs?.SamplingAccounts;

    public string Description
    {
        get
        {
            var negatives = _settings.Candidates.Options.Negatives;
            return $"{_sampler.Count:N0} queries with a passage each{(negatives > 0 ? $" and {negatives} negatives" : "")}, from {_passages.Entries.Count:N0} passages.";
        }
    }

    public IEnumerable<string> Warnings => _sampler.Warnings();

    public bool OnTest { get; }

    public JsonObject Inputs
    {
        get
        {
            var inputs = FitRecord.Inputs(_collection, _settings.TrainSplit, _settings.Sampling?.Teacher?.Calibrates == true ? _settings.HeldOutSplit : _settings.DevSplit, _settings.Encoder);
            CandidateConfiguration.AddInputs(_settings.Candidates, inputs);
            DistillationConfiguration.AddInputs(_settings.Distillation, inputs);
            TeacherConfiguration.AddInputs(_settings.Sampling?.Teacher, inputs);
            if (_settings.Loss.Guide is { } guide) inputs["guide"] = Fingerprint.OfFolder(guide);
            return inputs;
        }
    }

    public JsonNode? Selection => _devQrels is null ? null
        : JsonSerializer.SerializeToNode(FitRecord.Selection(_collection, _settings.DevSplit, _devQrels, BiEncoderDev.MeasureName, OnTest, run: null), RunManifest.Json);

    public bool IsRelevant(string queryId, string passageId) => _qrels.IndexOfQuery(queryId) >= 0 && _qrels.Grade(queryId, passageId) > 0;

    public BiEncoderDev? Dev(ITextEncoder trained, Action<string> warn, Action<string, JsonObject> note) => _devQrels is null ? null : new BiEncoderDev(trained, _devQrels, _queries, _passages, warn, note);

    public JsonNode? Teacher => _teacher?.Record();

    public void Begin(TrainingContext context, BiEncoderRun run, CancellationToken cancellationToken)
    {
        ITeacher? Distillation() => Teachers.Open(_settings.Distillation, _settings.Fit.Precision, context.Device ?? _settings.Fit.Device.Resolve());
        _teacher = _settings.Sampling?.Teacher is not { } asked ? null : RelevanceTeachers.Open(asked, new TeacherSources
        {
            Trained = () => run.Trainee.Scorer,
            IsBiEncoder = true,
            MaxLength = _settings.Distillation.MaxLength,
            Precision = _settings.Fit.Precision,
            Context = context,
            Weights = run.Weights,
            Fit = _settings.Fit,
            Start = run.Start,
            Distillation = Distillation,
            Sampler = _sampler,
            Queries = _queries,
            Passages = _passages,
            NegativeRun = _settings.Candidates.Run,
            Depth = _settings.Sampling.Depth,
            AsksPositives = _settings.Sampling.AsksPositives,
            Dev = () => DevChoice.ForCalibration(_collection, _settings.TrainSplit, _settings.HeldOutSplit!, _settings.ChooseOnTest),
            Fingerprint = run.Fingerprint,
        }, cancellationToken);
        var sampling = _settings.Sampling is not { } plan ? null : new SamplingStart
        {
            Settings = plan, Qrels = _qrels, Run = _run, RunPath = _settings.Candidates.Run, Negatives = _settings.Candidates.Options.Negatives, Model = () => run.Trainee.Scorer, Teacher = _teacher,
        };
        _epochs = EpochGroups.For(_sampler, _queries, _passages, _settings.Candidates, Distillation, context, run.Trainee.AsEncoder, sampling);
    }

    public IReadOnlyList<TrainingGroup> Groups(int epoch, CancellationToken cancellationToken) => _epochs!.Of(epoch, cancellationToken);

    public JsonObject Publish(string folder)
    {
        var lists = _epochs!.Publish(folder);
        if (_teacher is not null) RelevanceTeachers.Publish(_teacher, folder, lists);
        return lists;
    }

    public void Dispose()
    {
        _epochs?.Dispose();
        _teacher?.Dispose();
    }
}
