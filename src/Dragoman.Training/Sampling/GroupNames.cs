using System.Text.Json.Nodes;

namespace Dragoman.Training.Sampling;

/// <summary>Names the groups of a batch by their ids.</summary>
internal static class GroupNames
{
    private const int MostWithPassages = 2, MostPassages = 6, MostQueries = 5;

    /// <summary>Queries with their passages, or queries only where there are many.</summary>
    internal static string ForPeople(IReadOnlyList<TrainingGroup> groups)
    {
        if (groups.Count <= MostWithPassages) return string.Join(" and ", groups.Select(WithPassages));
        var ids = groups.Take(MostQueries).Select(group => group.Query.Id).ToList();
        return $"queries {string.Join(", ", ids)}{(groups.Count > ids.Count ? $" and {groups.Count - ids.Count} more" : "")}";
    }

    /// <summary>Every query with all its passages, the positive first.</summary>
    internal static JsonArray ForPrograms(IEnumerable<TrainingGroup> groups) =>
    [
        .. groups.Select(group => new JsonObject { ["query"] = group.Query.Id, ["passages"] = new JsonArray([.. group.Candidates.Select(candidate => (JsonNode)candidate.Passage.Id)]) }),
    ];

    private static string WithPassages(TrainingGroup group)
    {
        var negatives = group.Negatives.Take(MostPassages).Select(passage => passage.Id).ToList();
        var more = group.Candidates.Count - 1 - negatives.Count;
        return $"query {group.Query.Id} with passage {group.Positive.Id}{(negatives.Count == 0 ? "" : $" against {string.Join(", ", negatives)}{(more > 0 ? $" and {more} more" : "")}")}";
    }
}
