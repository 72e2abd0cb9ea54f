using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Training.Configuration;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Opens the teacher that a run's sampling asks how probable relevance is.</summary>
internal static class RelevanceTeachers
{
    private const string KeptName = "teacher.json", ScoresName = "scores.tsv";
    private const string NoAverage = "is ema, the running mean of the weights, and training.average is 0; set training.average, to 0.99 or 0.999, say.";

    /// <summary>Notes as problems what cannot be opened.</summary>
    /// <param name="settings">The section <c>sampling.teacher</c> as it was read.</param>
    /// <param name="section">The section.</param>
    /// <param name="average">Share of the running mean of the weights that a step keeps; 0 for no mean.</param>
    internal static void Check(TeacherSettings settings, ConfigurationSection section, double average)
    {
        if (settings.Kind == TeacherKind.Average && average == 0) section.Problem("from", NoAverage);
    }

    /// <summary>Opens it; models of folds are trained first.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="sources">What it is made from. All workers call this.</param>
    /// <param name="cancellationToken">Stops the training of folds.</param>
    /// <returns>The teacher; null in other workers than the first, which alone asks.</returns>
    /// <exception cref="DragomanException">A model, run or dev split does not serve, or there are fewer topics than folds.</exception>
    internal static IRecordedTeacher? Open(TeacherSettings settings, TeacherSources sources, CancellationToken cancellationToken)
    {
        var context = sources.Context;
        if (settings.Kind == TeacherKind.Average && sources.Fit.Average == 0) throw new ConfigurationException("sampling.teacher.from", [NoAverage]);
        if (settings.Kind == TeacherKind.Folds) return Folds(settings, sources, cancellationToken);
        if (!context.Workers.IsFirst) return null;
        var pairs = settings.Calibrates ? Pairs(sources, Topics(sources)) : null;
        ScorerTeacher Of(IPairScorer scorer, string from, bool withOffset, Func<long>? steps) =>
            new(scorer, from, pairs is null ? null : new TeacherCalibration(pairs, withOffset, context.Log), Path.Combine(context.CheckpointPath, KeptName), steps) { Known = Directory.Exists(from) ? new KeptScores(Path.Combine(context.CheckpointPath, FitCheckpoint.PartsName, ScoresName)) : null };
        switch (settings.Kind)
        {
            case TeacherKind.Average: return Of(new AveragedScorer(sources.Trained(), sources.Weights, context.Log.Message), "ema", sources.IsBiEncoder || settings.Offsets, () => sources.Weights.Steps);
            case TeacherKind.Self: return Of(sources.Trained(), "self", sources.IsBiEncoder || settings.Offsets, () => sources.Weights.Steps);
        }
        var path = settings.Path!;
        return Directory.Exists(path)
            ? Of(PairScorers.Load(path, sources.MaxLength, sources.Precision, context.Device), path, settings.Offsets || !EncoderLoader.IsCrossEncoder(path), null)
            : Of(new RunScorer(Scores(path, sources), context.Log.Message), path, withOffset: true, null);
    }

    /// <summary>Writes what a teacher keeps into a model's folder, beside the groups.</summary>
    /// <param name="teacher">The teacher.</param>
    /// <param name="target">The model's folder.</param>
    /// <param name="files">For the manifest: receives each file with its fingerprint.</param>
    internal static void Publish(IRecordedTeacher teacher, string target, JsonObject files)
    {
        foreach (var name in teacher.Publish(Path.Combine(target, EpochGroups.FolderName))) files[EpochGroups.FolderName + "/" + name] = Fingerprint.OfFile(Path.Combine(target, EpochGroups.FolderName, name));
    }

    private static FoldTeacher? Folds(TeacherSettings settings, TeacherSources sources, CancellationToken cancellationToken)
    {
        var context = sources.Context;
        var topics = Topics(sources);
        var plan = new FoldPlan(sources.Sampler.Sources.Select(source => source.Query.Id), settings.Folds, sources.Fit.Seed, query => topics[query]);
        var pairs = settings.Calibrates && context.Workers.IsFirst ? Pairs(sources, topics) : null;
        using var groups = new PlainGroups(sources.Sampler, sources.Passages, sources.Distillation, context.Log.Message);
        var training = new FoldTraining(new FoldTrainingSettings
        {
            Plan = plan,
            Start = sources.Start,
            Groups = groups,
            Fit = sources.Fit,
            Epochs = settings.Epochs,
            Calibration = pairs is null ? null : new TeacherCalibration(pairs, sources.IsBiEncoder || settings.Offsets, context.Log),
            Fingerprint = settings.Keep is null ? sources.Fingerprint.Whole : sources.Fingerprint.WithoutSampling(FormattableString.Invariant($"{settings.Folds} {settings.Epochs} {settings.Calibrates} {settings.Offsets} {sources.Depth}")),
            Keep = settings.Keep,
        }, context);
        return training.Run(cancellationToken) is { } models
            ? new FoldTeacher(plan, models, path => PairScorers.Load(path, sources.MaxLength, sources.Precision, context.Device), new KeptScores(Path.Combine(training.FolderPath, ScoresName)))
            : null;
    }

    /// <summary>The scores of a run, which must have some that will be asked for: training that fails after its first epoch is time lost.</summary>
    private static RunScores Scores(string path, TeacherSources sources)
    {
        var run = RunFile.Read(path);
        var scores = new RunScores(run, path);
        var groups = sources.Sampler.Sources;
        if (!groups.Any(group => run.Ranking(group.Query.Id).Count > 0)) throw new DragomanException($"{path}, the run that is the teacher, holds none of the {groups.Count:N0} training queries ({groups[0].Query.Id}, ...); retrieve or rerank for these, or name another teacher.");
        if (sources.AsksPositives) scores.Missing([.. groups.Select(group => (group.Query.Id, group.Positive.Id))], "positives")?.RequireSome();
        return scores;
    }

    private static QueryTopics Topics(TeacherSources sources) => new(sources.Queries.Values);

    private static CalibrationPairs Pairs(TeacherSources sources, QueryTopics topics)
    {
        var trained = sources.Sampler.Sources.Select(source => topics[source.Query.Id]).ToHashSet(StringComparer.Ordinal);
        return CalibrationPairs.Draw(sources.Dev(), sources.Queries, sources.Passages, sources.NegativeRun is { } run ? RunFile.Read(run) : null, new CalibrationOptions
        {
            Candidates = sources.Depth,
            Trained = sources.Queries.Keys.Where(id => trained.Contains(topics[id])).ToHashSet(StringComparer.Ordinal),
            Seed = sources.Fit.Seed,
        });
    }
}
