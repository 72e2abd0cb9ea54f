using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>
/// The passages of a collection as training holds them: ids and languages of all, since any may be drawn; texts of those alone that an epoch trains with, read from the collection when it begins.
/// </summary>
internal sealed class PassageCatalogue
{
    private readonly IEnumerable<Passage> _passages;

    /// <summary>Reads the ids and languages.</summary>
    /// <param name="passages">The passages, which are read anew whenever texts are needed.</param>
    internal PassageCatalogue(IEnumerable<Passage> passages)
    {
        _passages = passages;
        var languages = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new Dictionary<string, Passage>(StringComparer.Ordinal);
        foreach (var passage in passages)
        {
            if (!languages.TryGetValue(passage.Language, out var language)) languages[passage.Language] = language = passage.Language;
            entries.Add(passage.Id, new Passage(passage.Id, "", "", language));
        }
        entries.TrimExcess();
        Entries = entries;
    }

    /// <summary>Passages by id, without title and text.</summary>
    internal IReadOnlyDictionary<string, Passage> Entries { get; }

    /// <summary>Streams the passages with their texts.</summary>
    internal IEnumerable<Passage> Read() => _passages;

    /// <summary>The passages of some ids with their texts, by one reading of the collection.</summary>
    /// <param name="ids">The ids, all of which are there; one that occurs twice counts once.</param>
    internal Dictionary<string, Passage> Texts(IEnumerable<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        return _passages.Where(passage => wanted.Contains(passage.Id)).Take(wanted.Count).ToDictionary(passage => passage.Id, StringComparer.Ordinal);
    }

    /// <summary>The groups with the texts of their passages, by one reading of the collection.</summary>
    /// <param name="groups">The groups.</param>
    internal IReadOnlyList<TrainingGroup> WithTexts(IReadOnlyList<TrainingGroup> groups)
    {
        var texts = Texts(groups.SelectMany(group => group.Candidates).Select(candidate => candidate.Passage.Id));
        return [.. groups.Select(group => group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { Passage = texts[candidate.Passage.Id] })] })];
    }
}
