using System.Globalization;

namespace Dragoman.Training.Tests;

/// <summary>A collection in which a query names its passage's colour and animal; written out in BEIR layout.</summary>
internal static class TinyCollection
{
    private static readonly string[] Colours = ["red", "green", "blue", "white"];
    private static readonly string[] Animals = ["cat", "dog", "bird", "fish"];

    /// <summary>Writes corpus, queries, train and dev judgements, and a run that ranks every passage by id.</summary>
    internal static string Write(TemporaryFolder folder, string name = "collection")
    {
        var pairs = Colours.SelectMany(colour => Animals.Select(animal => (colour, animal))).ToList();
        var numbered = pairs.Select((pair, number) => (pair.colour, pair.animal, Id: number.ToString("00", CultureInfo.InvariantCulture))).ToList();
        folder.Write($"{name}/corpus.jsonl", Lines(numbered.Select(p => $$"""{"_id":"p{{p.Id}}","title":"","text":"a {{p.colour}} {{p.animal}}","lang":"en"}""")));
        folder.Write($"{name}/queries.jsonl", Lines(numbered.Select(p => $$"""{"_id":"q{{p.Id}}","text":"{{p.animal}} {{p.colour}}","lang":"en"}""")));
        folder.Write($"{name}/qrels/train.tsv", "query-id\tcorpus-id\tscore\n" + Lines(numbered.Where((_, i) => i % 4 != 3).Select(p => $"q{p.Id}\tp{p.Id}\t1")));
        folder.Write($"{name}/qrels/dev.tsv", "query-id\tcorpus-id\tscore\n" + Lines(numbered.Where((_, i) => i % 4 == 3).Select(p => $"q{p.Id}\tp{p.Id}\t1")));
        folder.Write($"{name}.run", Lines(numbered.SelectMany(q => numbered.Select((p, rank) => FormattableString.Invariant($"q{q.Id} Q0 p{p.Id} {rank + 1} {100 - rank} first")))));
        return folder[name];
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
