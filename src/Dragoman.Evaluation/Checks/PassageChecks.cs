using Dragoman.Collections;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>One pass over the passages.</summary>
internal sealed class PassageChecks
{
    internal const int ShingleLength = 5;
    private readonly List<int> _lines = [];
    private readonly Dictionary<ulong, int> _texts = [];             // fingerprint of the text to the number of the first passage with it

    private PassageChecks(LeakCheck leaks) => Leaks = leaks;

    internal IdTable Ids { get; } = new();

    internal int Count { get; private set; }

    /// <summary>Relevant passages of several splits, to be compared.</summary>
    internal LeakCheck Leaks { get; }

    internal static PassageChecks Read(Collection collection, JudgementChecks judgements, QueryChecks queries, CheckOptions options, FindingList found, CancellationToken cancellationToken)
    {
        var path = collection.CorpusPath;
        var leaks = new LeakCheck(ShingleLength, options, [new LeakSource(path, () => CollectionScan.Passages(path))]);
        var checks = new PassageChecks(leaks);
        var texts = new TextChecks("passage", "passages", path, options, found);
        foreach (var line in CollectionScan.Passages(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Problem is { } problem) found.Note("malformed-passage", () => $"{path}, line {line.Line}: {problem}");
            else checks.Add(path, line, judgements, queries, texts, found);
            leaks.Next();
        }
        if (checks.Count == 0) found.Note("empty-collection", () => path);
        found.Conclude("empty-collection", CheckSeverity.Error, 0, _ => "The corpus holds no passage.");
        found.Conclude("malformed-passage", CheckSeverity.Error, checks.Count, _ => "Lines of the corpus that cannot be read; every command refuses the file.");
        found.Conclude("duplicate-passage-id", CheckSeverity.Error, checks.Count, _ => "Passage ids that occur more than once; it is not clear which text was judged.");
        found.Conclude("duplicate-text", CheckSeverity.Information, checks.Count, _ => "Passages with the same text as an earlier one; when one of two is judged, the other counts as not relevant.");
        found.Conclude("id-collision", CheckSeverity.Warning, queries.Ids.Count, count =>
            $"Query ids that are passage ids too. Tools that drop a passage whose id is the query's (as some evaluators do by default) would drop answers; never turn that on for this collection.");
        texts.Conclude(checks.Count);
        return checks;
    }

    private void Add(string path, ScannedText line, JudgementChecks judgements, QueryChecks queries, TextChecks texts, FindingList found)
    {
        Count++;
        var number = Ids.Add(line.Id);
        if (number < _lines.Count) found.Note("duplicate-passage-id", () => $"{path}, line {line.Line}: {line.Id} is already on line {_lines[number]}");
        else
        {
            _lines.Add(line.Line);
            if (queries.Ids.IndexOf(line.Id) >= 0) found.Note("id-collision", () => $"{path}, line {line.Line}: {line.Id}");
        }
        texts.Check(line);
        var normalised = Shingles.Normalised(line.Title.Length == 0 ? line.Text : line.Title + "\n" + line.Text);
        if (normalised.Length > 0 && !_texts.TryAdd(Shingles.Fingerprint(normalised), number) && _texts[Shingles.Fingerprint(normalised)] is var first && first != number)
            found.Note("duplicate-text", () => $"{path}, line {line.Line}: {line.Id} as {Ids[first]} on line {_lines[first]}");
        if (judgements.Splits.Count > 1 && judgements.RelevantSplitsOfPassage(line.Id) is var splits and not 0) Leaks.Add(normalised, splits);
    }
}
