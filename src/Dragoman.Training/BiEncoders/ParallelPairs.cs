using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Training.ParallelTexts;
using Dragoman.Training.Sampling;
using Dragoman.Training.StaticEncoders;

namespace Dragoman.Training.BiEncoders;

/// <summary>
/// Rows of parallel text as pairs to train a bi-encoder with: an epoch draws rows by their source's weight and number of languages, then two of a row's languages, rare ones more often. An epoch depends on the seed and
/// its number alone. What is held out is a set of dev queries and passages.
/// </summary>
internal sealed class ParallelPairs
{
    private const int MaxFollowing = 3;
    private readonly List<Row> _rows = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<ParallelRow> _heldOut = [];
    private readonly Dictionary<string, double> _languageWeight;
    private readonly double[] _cumulative;
    private readonly ParallelPairSettings _settings;
    private readonly int _seed;

    /// <summary>Reads the sources.</summary>
    /// <param name="settings">Files and how to draw.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <exception cref="DragomanException">No row has texts in two of the languages.</exception>
    internal ParallelPairs(ParallelPairSettings settings, int seed)
    {
        (_settings, _seed) = (settings, seed);
        foreach (var source in settings.Sources.Where(source => source.HoldOutFrom is not null)) _heldOut.AddRange(source.Read().Where((_, position) => source.IsHeldOut(position)));
        var heldOutTexts = _heldOut.SelectMany(row => row.Texts.Values).Select(Hash).ToHashSet();
        for (var source = 0; source < settings.Sources.Count; source++) Read(source, heldOutTexts);
        if (_rows.Count == 0) throw new DragomanException($"No row of the {settings.Sources.Count} files of parallel text has texts in two of the languages {string.Join(", ", settings.Languages)}; check data.parallel.languages.");
        var counts = _rows.SelectMany(row => row.Texts).CountBy(text => text.Language, StringComparer.Ordinal);
        _languageWeight = counts.ToDictionary(count => count.Key, count => Math.Pow(count.Value, -settings.LanguageSmoothing), StringComparer.Ordinal);
        _cumulative = new double[_rows.Count];
        var total = 0.0;
        for (var place = 0; place < _rows.Count; place++) _cumulative[place] = total += settings.Sources[_rows[place].Source].Weight * Math.Sqrt(_rows[place].Texts.Length - 1);
    }

    /// <summary>Rows that pairs are drawn from.</summary>
    internal int Rows => _rows.Count;

    /// <summary>Rows left out because a text of theirs is also held out.</summary>
    internal int Excluded { get; private set; }

    /// <summary>Pairs of every epoch.</summary>
    internal int Count => _settings.Pairs;

    /// <summary>Draws an epoch's pairs.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    internal IReadOnlyList<TrainingGroup> Draw(int epoch)
    {
        var random = new Random(unchecked(_seed * 7919 + epoch));
        return [.. Enumerable.Range(0, Count).Select(_ => Draw(random))];
    }

    /// <summary>Whether a passage may answer a query: a text of its row is one of the query's row. Both by the ids that <see cref="Draw(int)"/> gave them.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageId">The passage.</param>
    internal bool AreAlike(string queryId, string passageId)
    {
        var (query, passage) = (RowOf(queryId), RowOf(passageId));
        if (ReferenceEquals(query, passage)) return true;
        foreach (var hash in query.Hashes)
            if (Array.IndexOf(passage.Hashes, hash) >= 0) return true;
        return false;
    }

    /// <summary>The held-out rows as a small collection; null when no dev pair is wanted.</summary>
    /// <exception cref="DragomanException">No held-out row has both languages of one of the pairs.</exception>
    internal DevTexts? HeldOut()
    {
        if (_settings.DevPairs.Count == 0) return null;
        var (queries, passages, qrels) = (new Dictionary<string, Query>(StringComparer.Ordinal), new Dictionary<string, Passage>(StringComparer.Ordinal), new QrelsBuilder());
        for (var row = 0; row < _heldOut.Count; row++)
        {
            foreach (var (from, to) in _settings.DevPairs)
            {
                if (!_heldOut[row].Texts.TryGetValue(from, out var query) || !_heldOut[row].Texts.TryGetValue(to, out var passage)) continue;
                var (queryId, passageId) = (FormattableString.Invariant($"{row}/{from}>{to}"), FormattableString.Invariant($"{row}/{to}"));
                queries[queryId] = new Query(queryId, query, from);
                passages[passageId] = new Passage(passageId, "", passage, to);
                qrels.Add(queryId, passageId, 1);
            }
        }
        var absent = _settings.DevPairs.Where(pair => !_heldOut.Exists(row => row.Texts.ContainsKey(pair.From) && row.Texts.ContainsKey(pair.To))).Select(pair => $"{pair.From} > {pair.To}").ToList();
        if (absent.Count > 0) throw new DragomanException($"None of the {_heldOut.Count} rows held out has both languages of {string.Join(", ", absent)}; check data.parallel.dev_pairs and hold_out_from.");
        return new DevTexts(qrels.Build(), queries, passages);
    }

    private void Read(int source, HashSet<ulong> heldOutTexts)
    {
        var position = 0;
        foreach (var row in _settings.Sources[source].Read())
        {
            if (_settings.Sources[source].IsHeldOut(position++)) continue;
            var texts = row.Texts.Where(text => _settings.Languages.Count == 0 || _settings.Languages.Contains(text.Key)).Select(text => (text.Key, text.Value)).ToArray();
            if (texts.Length < 2) continue;
            var hashes = Array.ConvertAll(texts, text => Hash(text.Value));
            if (hashes.Any(heldOutTexts.Contains))
            {
                Excluded++;
                continue;
            }
            var id = _places.ContainsKey(row.Id) ? FormattableString.Invariant($"{row.Id}#{_rows.Count}") : row.Id;
            _places.Add(id, _rows.Count);
            _rows.Add(new Row(id, source, texts, hashes));
        }
    }

    private TrainingGroup Draw(Random random)
    {
        var found = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        var place = Math.Min(found < 0 ? ~found : found, _rows.Count - 1);
        var row = _rows[place];
        var first = DrawText(row, excluded: -1, random);
        var second = DrawText(row, first, random);
        var isPassage = _settings.Sources[row.Source].Running && random.NextDouble() < _settings.PassageShare;
        var (language, text) = row.Texts[second];
        if (isPassage) text = WithFollowing(place, language, random);
        return new TrainingGroup(new Query($"{row.Id}/{row.Texts[first].Language}", row.Texts[first].Text, row.Texts[first].Language),
            [new TrainingCandidate(new Passage($"{row.Id}/{language}", "", text, language), 1) { Origin = new CandidateOrigin(CandidateOrigin.Positive) }]);
    }

    private int DrawText(Row row, int excluded, Random random)
    {
        var target = random.NextDouble() * row.Texts.Where((_, text) => text != excluded).Sum(text => _languageWeight[text.Language]);
        var last = -1;
        for (var text = 0; text < row.Texts.Length; text++)
        {
            if (text == excluded) continue;
            last = text;
            target -= _languageWeight[row.Texts[text].Language];
            if (target < 0) break;
        }
        return last;
    }

    private string WithFollowing(int place, string language, Random random)
    {
        var following = _rows.Skip(place + 1).Take(random.Next(1, MaxFollowing + 1)).TakeWhile(row => row.Source == _rows[place].Source).Prepend(_rows[place]);
        return string.Join(' ', following.SelectMany(row => row.Texts).Where(text => text.Language == language).Select(text => text.Text));
    }

    private Row RowOf(string id) => _rows[_places.GetAlternateLookup<ReadOnlySpan<char>>()[id.AsSpan(0, id.LastIndexOf('/'))]];

    private static ulong Hash(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(TrainingText.Folded(text))));

    private sealed record Row(string Id, int Source, (string Language, string Text)[] Texts, ulong[] Hashes);
}

/// <summary>Queries, passages and judgements that epochs are compared by.</summary>
/// <param name="Qrels">The judgements.</param>
/// <param name="Queries">Queries by id.</param>
/// <param name="Passages">Passages by id.</param>
internal sealed record DevTexts(Qrels Qrels, IReadOnlyDictionary<string, Query> Queries, IReadOnlyDictionary<string, Passage> Passages);
