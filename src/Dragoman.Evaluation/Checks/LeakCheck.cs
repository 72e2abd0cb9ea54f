using System.Globalization;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>A file of texts that can be read again.</summary>
/// <param name="Path">Its name, for examples.</param>
/// <param name="Read">Reads it from the start.</param>
internal sealed record LeakSource(string Path, Func<IEnumerable<ScannedText>> Read);

/// <summary>
/// Finds texts of different groups (splits, collections) that are the same or nearly so. Candidates come from <see cref="NearDuplicates"/>; the files are read again for their texts, and the
/// exact Jaccard similarity of character shingles decides. At most <see cref="TextsAtOnce"/> texts are in memory; more take another reading.
/// </summary>
internal sealed class LeakCheck(int shingleLength, CheckOptions options, IReadOnlyList<LeakSource> sources)
{
    private const int TextsAtOnce = 20_000, MostPairs = 400_000;
    private readonly NearDuplicates _texts = new(shingleLength, options.Seed);
    private readonly List<int> _records = [];                        // record of each text over all sources
    private int _record;

    private sealed record Seen(string Place, string Normalised, uint[] Shingles);

    /// <summary>Adds the text of the current record.</summary>
    /// <param name="normalised">From <see cref="Shingles.Normalised"/>.</param>
    /// <param name="groups">The groups it belongs to, as bits.</param>
    internal void Add(string normalised, ulong groups)
    {
        _texts.Add(normalised, groups);
        _records.Add(_record);
    }

    /// <summary>Goes on to the next record of the sources; call it once for every record they give.</summary>
    internal void Next() => _record++;

    /// <summary>Compares what was added.</summary>
    /// <param name="kind">What the texts are, in codes: <c>passage</c>.</param>
    /// <param name="what">The same for messages, with where: <c>relevant passages in different splits</c>.</param>
    /// <param name="groups">Names of the groups, by bit.</param>
    /// <param name="found">Where findings go.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    internal void Report(string kind, string what, IReadOnlyList<string> groups, FindingList found, CancellationToken cancellationToken)
    {
        if (_texts.Count < 2) return;
        var pairs = _texts.Candidates(MostPairs);
        var (identical, near) = ($"identical-{kind}", $"near-duplicate-{kind}");
        foreach (var (left, right, a, b) in Verify(pairs, cancellationToken))
        {
            var same = left.Normalised == right.Normalised;
            var similarity = Shingles.Jaccard(left.Shingles, right.Shingles);
            if (!same && similarity < options.NearDuplicate) continue;
            found.Note(same ? identical : near, () => $"{left.Place} ({Names(a, groups)}) and {right.Place} ({Names(b, groups)})" + (same ? "" : string.Create(CultureInfo.InvariantCulture, $": similarity {similarity:0.00}")));
        }
        found.Conclude(identical, kind.StartsWith("query", StringComparison.Ordinal) ? CheckSeverity.Error : CheckSeverity.Warning, _texts.Count, _ => $"Pairs of {what} with the same text: what is measured on one was seen in the other.");
        found.Conclude(near, CheckSeverity.Warning, _texts.Count, _ => $"Pairs of {what} with nearly the same text; a model that has learned one knows the other.");
        if (pairs.Count == MostPairs) found.Findings.Add(new Finding($"near-duplicate-{kind}", CheckSeverity.Warning, pairs.Count, 0, $"There are more than {FindingList.Number(MostPairs)} candidate pairs of {what}; the others were not compared.", []));
    }

    private IEnumerable<(Seen Left, Seen Right, ulong A, ulong B)> Verify(List<(int Left, int Right)> pairs, CancellationToken cancellationToken)
    {
        for (var first = 0; first < pairs.Count;)
        {
            var needed = new SortedSet<int>();
            var end = first;
            for (; end < pairs.Count && needed.Count < TextsAtOnce; end++)
            {
                needed.Add(pairs[end].Left);
                needed.Add(pairs[end].Right);
            }
            var texts = ReadTexts(needed, cancellationToken);
            for (; first < end; first++)
            {
                var (left, right) = pairs[first];
                if (texts.TryGetValue(left, out var a) && texts.TryGetValue(right, out var b)) yield return (a, b, _texts.Groups(left), _texts.Groups(right));
            }
        }
    }

    private Dictionary<int, Seen> ReadTexts(SortedSet<int> needed, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<int, Seen>(needed.Count);
        using var next = needed.GetEnumerator();
        var more = next.MoveNext();
        var record = 0;
        foreach (var source in sources)
        {
            foreach (var line in source.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (more && _records[next.Current] == record)
                {
                    var normalised = Shingles.Normalised(line.Title.Length == 0 ? line.Text : line.Title + "\n" + line.Text);
                    texts[next.Current] = new Seen($"{source.Path}, line {line.Line}: {line.Id}", normalised, Shingles.Of(normalised, shingleLength));
                    more = next.MoveNext();
                }
                record++;
                if (!more) return texts;
            }
        }
        return texts;
    }

    private static string Names(ulong bits, IReadOnlyList<string> groups) => string.Join(", ", groups.Where((_, group) => group < 64 && (bits >> group & 1) != 0));
}
