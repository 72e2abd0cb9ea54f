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

    /// <summary>Writes a collection in two languages of words made at random: a passage holds the translations of its query's three words, in another order, and one more; every fourth query is dev.</summary>
    internal static string WriteWords(TemporaryFolder folder, int passages, string name = "words")
    {
        var random = new Random(3);
        string Word() => string.Concat(Enumerable.Range(0, 3).Select(_ => (char)('a' + random.Next(26))));
        var words = Enumerable.Range(0, 24).Select(_ => (Query: Word(), Passage: Word())).ToArray();
        var entries = Enumerable.Range(0, passages).Select(number =>
        {
            var own = random.GetItems(words, 3);
            var passage = own.Append(words[random.Next(words.Length)]).Select(word => word.Passage).ToArray();
            random.Shuffle(passage);
            return (Id: number.ToString("000", CultureInfo.InvariantCulture), Query: string.Join(' ', own.Select(word => word.Query)), Passage: string.Join(' ', passage));
        }).ToList();
        folder.Write($"{name}/corpus.jsonl", Lines(entries.Select(entry => $$"""{"_id":"p{{entry.Id}}","title":"","text":"{{entry.Passage}}","lang":"kk"}""")));
        folder.Write($"{name}/queries.jsonl", Lines(entries.Select(entry => $$"""{"_id":"q{{entry.Id}}","text":"{{entry.Query}}","lang":"en"}""")));
        foreach (var (split, isDev) in new[] { ("train", false), ("dev", true) })
            folder.Write($"{name}/qrels/{split}.tsv", "query-id\tcorpus-id\tscore\n" + Lines(entries.Where((_, number) => number % 4 == 3 == isDev).Select(entry => $"q{entry.Id}\tp{entry.Id}\t1")));
        return folder[name];
    }
}
