using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.StaticEncoders;

/// <summary>
/// Draws batches of translation pairs: rows by their source's weight and number of languages, then two of a row's languages, rare ones more often. A batch
/// depends on the seed and its number alone, so that a resumed run draws what an uninterrupted one would. Thread-safe.
/// </summary>
public sealed class PairSampler
{
    private const int MaxFollowing = 3;
    private readonly ParallelCorpus _corpus;
    private readonly SamplingOptions _options;
    private readonly bool[] _withNeighbours;
    private readonly int[] _rows;
    private readonly double[] _cumulative;
    private readonly double[] _languageWeight;
    private readonly int _seed;

    /// <summary>Prepares the weights.</summary>
    /// <param name="corpus">The rows.</param>
    /// <param name="sources">Each source's options, in the order the corpus counts them.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="seed">Seed of all draws.</param>
    public PairSampler(ParallelCorpus corpus, IReadOnlyList<ParallelSource> sources, SamplingOptions options, int seed)
    {
        _corpus = corpus;
        _options = options;
        _seed = seed;
        _withNeighbours = [.. sources.Select(source => source.Running)];
        _rows = [.. Enumerable.Range(0, corpus.Rows).Where(row => sources[corpus.SourceOfRow[row]].Weight > 0)];
        _cumulative = new double[_rows.Length];
        var total = 0.0;
        for (var index = 0; index < _rows.Length; index++)
        {
            var row = _rows[index];
            total += sources[corpus.SourceOfRow[row]].Weight * Math.Sqrt(corpus.CellsOf(row).Count - 1);
            _cumulative[index] = total;
        }
        _languageWeight = LanguageWeights(corpus, options.LanguageSmoothing);
    }

    /// <summary>Rows that can be drawn.</summary>
    public int RowCount => _rows.Length;

    /// <summary>Draws a batch.</summary>
    /// <param name="number">The batch's number from 0.</param>
    public PairBatch Draw(long number)
    {
        var random = new Random(HashCode(_seed, number));
        var rows = new SortedSet<int>();
        for (var draw = 0; draw < _options.BatchPairs; draw++) rows.Add(DrawRow(random));
        var (left, right) = (new BagBuilder(rows.Count), new BagBuilder(rows.Count));
        var (leftHashes, rightHashes, origins) = (new ulong[rows.Count], new ulong[rows.Count], new (int, int, int)[rows.Count]);
        var pair = 0;
        foreach (var row in rows)
        {
            var (first, second) = DrawCells(row, random);
            origins[pair] = (row, first, second);
            leftHashes[pair] = _corpus.TextHashOf(first);
            rightHashes[pair++] = _corpus.TextHashOf(second);
            var asPassage = _withNeighbours[_corpus.SourceOfRow[row]] && random.NextDouble() < _options.PassageShare;
            left.Begin();
            left.Add(_corpus.TokensOf(first), asPassage ? _options.QueryDropout : _options.TokenDropout, random);
            right.Begin();
            right.Add(_corpus.TokensOf(second), _options.TokenDropout, random);
            if (asPassage) AddFollowing(right, row, _corpus.LanguageOf(second), random);
        }
        return new PairBatch(left.Build(), right.Build(), leftHashes, rightHashes) { Origins = origins };
    }

    private int DrawRow(Random random)
    {
        var index = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return _rows[Math.Min(index < 0 ? ~index : index, _rows.Length - 1)];
    }

    private (int First, int Second) DrawCells(int row, Random random)
    {
        var (start, count) = _corpus.CellsOf(row);
        var first = DrawCell(start, count, excluded: -1, random);
        return (first, DrawCell(start, count, first, random));
    }

    private int DrawCell(int start, int count, int excluded, Random random)
    {
        var total = 0.0;
        for (var cell = start; cell < start + count; cell++) total += cell == excluded ? 0 : _languageWeight[_corpus.LanguageOf(cell)];
        var target = random.NextDouble() * total;
        var last = -1;
        for (var cell = start; cell < start + count; cell++)
        {
            if (cell == excluded) continue;
            last = cell;
            target -= _languageWeight[_corpus.LanguageOf(cell)];
            if (target < 0) break;
        }
        return last;
    }

    private void AddFollowing(BagBuilder bags, int row, int language, Random random)
    {
        var wanted = random.Next(1, MaxFollowing + 1);
        for (var next = row + 1; next <= row + wanted && next < _corpus.Rows && _corpus.SourceOfRow[next] == _corpus.SourceOfRow[row]; next++)
        {
            var cell = _corpus.CellIn(next, language);
            if (cell >= 0) bags.Add(_corpus.TokensOf(cell), _options.TokenDropout, random);
        }
    }

    private static double[] LanguageWeights(ParallelCorpus corpus, double smoothing)
    {
        var counts = new double[corpus.Languages.Count];
        for (var cell = 0; cell < corpus.Cells; cell++) counts[corpus.LanguageOf(cell)]++;
        return [.. counts.Select(count => Math.Pow(Math.Max(count, 1), -smoothing))];
    }

    /// <summary>A well-mixed 32-bit seed from a seed and a number (SplitMix64's finaliser), the same on every platform.</summary>
    private static int HashCode(int seed, long number)
    {
        var mixed = unchecked((ulong)number + ((ulong)(uint)seed << 32) + 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return unchecked((int)(mixed ^ (mixed >> 31)));
    }

    /// <summary>Collects texts as bags, leaving tokens out at random; a text never becomes empty.</summary>
    private sealed class BagBuilder(int capacity)
    {
        private readonly List<long> _tokens = new(capacity * 24);
        private readonly List<long> _starts = new(capacity);

        internal void Begin() => _starts.Add(_tokens.Count);

        internal void Add(ReadOnlySpan<int> tokens, double dropout, Random random)
        {
            var before = _tokens.Count;
            foreach (var token in tokens)
            {
                if (random.NextDouble() >= dropout) _tokens.Add(token);
            }
            if (_tokens.Count == before) _tokens.Add(tokens[random.Next(tokens.Length)]);
        }

        internal TokenBags Build() => new([.. _tokens], [.. _starts]);
    }
}
