using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Training.Distillation;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Sampling;

/// <summary>
/// The groups of each epoch: drawn, or mined first, and kept as <c>epoch-N.tsv.gz</c> beside the run's checkpoints. An epoch whose file is there is read from it, so that a run that goes on within an epoch
/// goes on with the same passages, though the model that found them has learned since.
/// </summary>
/// <param name="sampler">Draws.</param>
/// <param name="queries">Queries by id.</param>
/// <param name="passages">The collection's passages; texts of those of an epoch are read when it begins.</param>
/// <param name="settings">What is drawn, and with what.</param>
/// <param name="folder">Where the files are kept.</param>
internal sealed class EpochGroups(GroupSampler sampler, IReadOnlyDictionary<string, Query> queries, PassageCatalogue passages, CandidateSettings settings, string folder) : IDisposable
{
    internal const string FolderName = "negatives";
    private const string Suffix = ".tsv.gz";
    private ITextEncoder? _opened;
    private ITeacher? _teacher;
    private EpochSampling? _sampling;

    /// <summary>Makes the groups of a run.</summary>
    /// <param name="sampler">Draws.</param>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">The collection's passages.</param>
    /// <param name="settings">What is drawn, and with what.</param>
    /// <param name="teacher">Opens who scores the candidates; gives null for nobody.</param>
    /// <param name="context">The run.</param>
    /// <param name="trained">The model that is trained, if it can search; null otherwise.</param>
    /// <param name="sampling">Draws in proportion to what is wanted; null for nothing of the kind.</param>
    internal static EpochGroups For(GroupSampler sampler, IReadOnlyDictionary<string, Query> queries, PassageCatalogue passages, CandidateSettings settings, Func<ITeacher?> teacher, TrainingContext context, ITextEncoder? trained, SamplingStart? sampling = null)
    {
        var folder = Path.Combine(context.CheckpointPath, FolderName);
        var opened = settings.MineWith is { } path ? EncoderLoader.FromFolder(path) : null;
        if (opened is TransformerTextEncoder transformer && context.Device is { } device) transformer.Encoder.To(device);
        var depth = Math.Max(settings.Options.RunDepth, sampling?.Settings.MostDepth ?? 0);
        var mining = settings.Mines || sampling is { Settings.NeedsCandidates: true, Run: null }
            ? new Mining(new ModelSearch(opened ?? trained!, sampler.Sources, passages.Read(), new ModelSearchOptions { Depth = depth, BlockPassages = settings.MineBlock }), isOnce: opened is not null, context) : null;
        var groups = new EpochGroups(sampler, queries, passages, settings, folder) { Mine = mining is null ? null : mining.Search, Tell = context.Log.Message, Workers = context.Workers, SampledFrom = (sampling?.Settings.WarmUp + 1) ?? int.MaxValue, _opened = opened };
        try
        {
            groups._teacher = teacher();
            if (context.Workers.IsFirst) groups._sampling = sampling?.Begin(sampler, passages, searchIsModel: opened is null, context);
            return groups;
        }
        catch
        {
            groups.Dispose();
            throw;
        }
    }

    /// <summary>Searches with the model as it is at an epoch's beginning; null when nothing is mined.</summary>
    internal Func<CancellationToken, IReadOnlyList<SearchedGroup>>? Mine { get; init; }

    /// <summary>The first epoch that is sampled.</summary>
    internal int SampledFrom { get; init; } = int.MaxValue;

    /// <summary>Told of what happens.</summary>
    internal Action<string> Tell { get; init; } = _ => { };

    /// <summary>Who trains with them: worker 0 draws or mines, and the others get its file.</summary>
    internal WorkerGroup Workers { get; init; } = WorkerGroup.Alone;

    /// <summary>The groups of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="cancellationToken">Stops a search.</param>
    internal IReadOnlyList<TrainingGroup> Of(int epoch, CancellationToken cancellationToken)
    {
        var file = FileOf(epoch);
        var groups = Workers.IsFirst ? Made(epoch, file, cancellationToken) : null;
        Workers.ShareFile(file, file);
        return Complete(groups ?? GroupFile.Read(file, queries, passages.Entries), cancellationToken);
    }

    private IReadOnlyList<TrainingGroup> Made(int epoch, string file, CancellationToken cancellationToken)
    {
        var (stem, isSampled) = (file[..^Suffix.Length], _sampling?.IsOn(epoch) == true);
        if (File.Exists(file))
        {
            if (isSampled) _sampling!.Check(stem);
            return GroupFile.Read(file, queries, passages.Entries);
        }
        var found = IsMined(epoch) || _sampling?.Searches(epoch) == true ? Mine!(cancellationToken) : null;
        var groups = sampler.Draw(epoch, IsMined(epoch) ? found : null);
        if (isSampled) groups = _sampling!.Draw(epoch, groups, found, stem, cancellationToken);
        GroupFile.Write(file, groups);                                                        // last, as this one says that the epoch is drawn
        if (isSampled) return groups;
        if (settings.Options.RunShare > 0 && (settings.Run is not null || IsMined(epoch)))
        {
            var hard = groups.Sum(group => group.Candidates.Count(candidate => candidate.Origin.Rank > 0));
            Tell($"Negatives of epoch {epoch}: {hard:N0} of {groups.Sum(group => group.Candidates.Count(candidate => candidate.Grade <= 0)):N0} are {(IsMined(epoch) ? "mined" : "from the run")}, the others {Pool}.");
        }
        return groups;
    }

    /// <summary>Moves the files into a model's folder.</summary>
    /// <param name="target">The folder; <see cref="FolderName"/> is made in it.</param>
    /// <returns>For the manifest: each file with its fingerprint.</returns>
    internal JsonObject Publish(string target)
    {
        var into = Directory.CreateDirectory(Path.Combine(target, FolderName)).FullName;
        var files = new JsonObject();
        foreach (var file in Directory.EnumerateFiles(folder, "epoch-*" + Suffix).Concat(Directory.EnumerateFiles(folder, "epoch-*" + EpochSampling.LedgerSuffix)).OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            var copy = Path.Combine(into, Path.GetFileName(file));
            File.Copy(file, copy);
            files[FolderName + "/" + Path.GetFileName(file)] = Fingerprint.OfFile(copy);
        }
        return files;
    }

    /// <summary>What the sampling of every epoch came to, for the manifest; null without sampling.</summary>
    internal JsonArray? SamplingAccounts => _sampling is null ? null : EpochSampling.Accounts(folder);

    /// <summary>Frees the models that were opened for searching and scoring.</summary>
    public void Dispose()
    {
        _opened?.Dispose();
        _teacher?.Dispose();
    }

    private string Pool => settings.Options.Pool == NegativePool.Collection ? "drawn from the collection" : "judged 0";

    private bool IsMined(int epoch) => settings.Mines && Mine is not null && epoch >= settings.MineFrom;

    /// <summary>Epochs that cannot differ share a file, that of the first of them.</summary>
    private string FileOf(int epoch)
    {
        var named = !settings.Options.FixedNegatives || IsMined(epoch) || SampledFrom <= epoch ? epoch : 1;
        return Path.Combine(folder, FormattableString.Invariant($"epoch-{named}{Suffix}"));
    }

    private IReadOnlyList<TrainingGroup> Complete(IReadOnlyList<TrainingGroup> groups, CancellationToken cancellationToken)
    {
        var complete = passages.WithTexts(groups);
        return _teacher is null ? complete : _teacher.Score(complete, Tell, cancellationToken);
    }
}
