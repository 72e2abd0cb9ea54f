namespace Dragoman.Evaluation.Reports;

/// <summary>What a part of an epoch's sampling came to, as the event <c>sampling</c> of a training log tells it. Numbers that were not told are NaN.</summary>
public sealed record SampledEpoch
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>What was drawn: <c>examples</c>, <c>positives</c> or <c>negatives</c>.</summary>
    public required string Part { get; init; }

    /// <summary>How it was drawn; empty where nothing was proposed.</summary>
    public string Scheme { get; init; } = "";

    /// <summary>Groups that came of it.</summary>
    public double Groups { get; init; } = double.NaN;

    /// <summary>What these are worth by their weights, (Σw)²/Σw²: as many where all weigh alike.</summary>
    public double EffectiveGroups { get; init; } = double.NaN;

    /// <summary>Proposals.</summary>
    public double Proposals { get; init; } = double.NaN;

    /// <summary>Those that were accepted.</summary>
    public double Accepted { get; init; } = double.NaN;

    /// <summary>Accepted over proposals, within [0, 1].</summary>
    public double Rate { get; init; } = double.NaN;

    /// <summary>What that should be: the mean of 1/M over the proposals.</summary>
    public double ExpectedRate { get; init; } = double.NaN;

    /// <summary>Effective size of the proposals over their number, within [0, 1].</summary>
    public double EffectiveShare { get; init; } = double.NaN;

    /// <summary>Share of the proposals whose ratio was above the bound, within [0, 1].</summary>
    public double AboveBoundShare { get; init; } = double.NaN;

    /// <summary>Seconds that an accepted one cost, those of scoring among them.</summary>
    public double SecondsPerAccepted { get; init; } = double.NaN;

    /// <summary>How many of each grade were accepted; empty where grades were not told.</summary>
    public IReadOnlyDictionary<int, long> GradesAccepted { get; init; } = new SortedDictionary<int, long>();
}
