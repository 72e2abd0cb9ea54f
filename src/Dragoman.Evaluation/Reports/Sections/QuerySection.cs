using System.Globalization;

namespace Dragoman.Evaluation.Reports.Sections;

/// <summary>Queries to read: the hardest for all systems, and the largest gains and losses of each system.</summary>
internal sealed class QuerySection
{
    private const int MostSystems = 4;
    private readonly ReportInput _input;
    private readonly ReportNumbers _numbers;
    private readonly IReadOnlyList<ShownQuery> _hardest;
    private readonly List<(EvaluatedSystem System, IReadOnlyList<ShownQuery> Wins, IReadOnlyList<ShownQuery> Losses)> _extremes = [];

    /// <summary>Chooses the queries.</summary>
    internal QuerySection(ReportInput input, ReportNumbers numbers)
    {
        (_input, _numbers) = (input, numbers);
        _hardest = ShownQuery.Hardest(input, numbers);
        if (numbers.Main is not { } measure) return;
        foreach (var system in numbers.Others.Take(MostSystems))
            if (numbers.Comparison(system, measure) is { } comparison)
                _extremes.Add((system, ShownQuery.Extremes(input, numbers, system, comparison, wins: true), ShownQuery.Extremes(input, numbers, system, comparison, wins: false)));
    }

    /// <summary>Everything that is shown, so that its texts can be read.</summary>
    internal IEnumerable<ShownQuery> Shown => _hardest.Concat(_extremes.SelectMany(system => system.Wins.Concat(system.Losses)));

    internal ReportSection With(ReportTexts texts)
    {
        var blocks = new List<ReportBlock>();
        if (!texts.HasQueries) blocks.Add(new ReportParagraph("The queries' texts are not known, so their ids stand for them; give --queries or --collection."));
        if (!texts.HasPassages) blocks.Add(new ReportParagraph("The passages' texts are not known, so their ids stand for them; give --collection."));
        Add(blocks, "Hardest queries", _hardest, texts, string.Create(CultureInfo.InvariantCulture,
            $"Lowest {_numbers.Main}{(_numbers.Systems.Count > 1 ? ", averaged over the systems" : "")}, among queries that have a relevant passage. Open one to see what was found."));
        foreach (var (system, wins, losses) in _extremes)
        {
            Add(blocks, $"Largest gains of {system.Name} over {_numbers.Baseline.Name}", wins, texts, null);
            Add(blocks, $"Largest losses of {system.Name} to {_numbers.Baseline.Name}", losses, texts, null);
        }
        if (_numbers.Others.Count > MostSystems)
            blocks.Add(new ReportParagraph(string.Create(CultureInfo.InvariantCulture, $"Gains and losses are shown for the first {MostSystems} of {_numbers.Others.Count} systems.")));
        if (!Shown.Any()) blocks.Add(new ReportParagraph("There is no query to show."));
        return new ReportSection("examples", "Queries to read", blocks);
    }

    private void Add(List<ReportBlock> blocks, string heading, IReadOnlyList<ShownQuery> queries, ReportTexts texts, string? note)
    {
        if (queries.Count == 0) return;
        blocks.Add(new ReportHeading(heading));
        if (note is not null) blocks.Add(new ReportParagraph(note));
        blocks.AddRange(queries.Select(query => query.With(texts, _input.Qrels)));
    }
}
