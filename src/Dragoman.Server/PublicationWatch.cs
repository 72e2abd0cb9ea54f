using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Server;

/// <summary>Looks now and then whether the index has published another generation, and lets requests that come from then on be answered from it.</summary>
/// <param name="engines">The engine to keep current.</param>
/// <param name="options">How often to look.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Told of every new generation, and of one that cannot be opened.</param>
internal sealed partial class PublicationWatch(PublishedEngine engines, ServerOptions options, TimeProvider time, ILogger<PublicationWatch> log) : BackgroundService
{
    private string? _problem;

    /// <summary>Looks once. A generation that cannot be opened is told of, once for every problem, and the one before stays.</summary>
    internal void Look()
    {
        try
        {
            if (engines.Refresh()) Tell();
            _problem = null;
        }
        catch (Exception failure) when (failure is DragomanException or IOException or UnauthorizedAccessException)
        {
            if (failure.Message != _problem) LogProblem(log, failure.Message);
            _problem = failure.Message;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RefreshInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Look();
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private void Tell()
    {
        using var lease = engines.Rent();
        LogGeneration(log, lease.Engine.Index.Manifest.Generation, lease.Engine.Index.Manifest.Passages);
    }

    [LoggerMessage(LogLevel.Information, "Answering from generation {Generation} of the index now; passages: {Passages}.")]
    private static partial void LogGeneration(ILogger logger, long generation, int passages);

    [LoggerMessage(LogLevel.Warning, "The index has changed and cannot be opened; answers come from the generation before. {Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);
}
