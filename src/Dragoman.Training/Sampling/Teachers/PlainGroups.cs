using Dragoman.Training.Distillation;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>The groups of some of a run's queries as they are drawn without sampling, of judgements and the run of negatives or the collection: nothing is mined. What a model of a fold is trained on.</summary>
/// <param name="sampler">Draws for all queries of the run.</param>
/// <param name="passages">Gives texts.</param>
/// <param name="openTeacher">Opens whose scores the loss learns; gives null for nobody.</param>
/// <param name="tell">Told of what it took to score.</param>
internal sealed class PlainGroups(GroupSampler sampler, PassageCatalogue passages, Func<ITeacher?> openTeacher, Action<string> tell) : IDisposable
{
    private readonly Lazy<ITeacher?> _teacher = new(openTeacher);

    /// <summary>How many groups some queries have.</summary>
    /// <param name="queries">The queries' ids.</param>
    internal int Count(IReadOnlySet<string> queries) => sampler.Sources.Count(source => queries.Contains(source.Query.Id));

    /// <summary>Their groups in an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="queries">The queries' ids.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal IReadOnlyList<TrainingGroup> Of(int epoch, IReadOnlySet<string> queries, CancellationToken cancellationToken)
    {
        var groups = passages.WithTexts([.. sampler.Draw(epoch).Where(group => queries.Contains(group.Query.Id))]);
        return _teacher.Value is { } teacher ? teacher.Score(groups, tell, cancellationToken) : groups;
    }

    public void Dispose()
    {
        if (_teacher.IsValueCreated) _teacher.Value?.Dispose();
    }
}
