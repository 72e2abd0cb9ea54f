using System.Globalization;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// The scores that a teacher gave that does not learn, remembered in a file beside the models: a run that goes on must not score a pair again beside other pairs, which may change its last bits. Tab-separated lines of query, passage and score;
/// what one question added ends with a line of <c>#</c> and its number of pairs, and counts only then, so that a kill leaves all of it or nothing.
/// </summary>
internal sealed class KeptScores
{
    private readonly string _path;
    private readonly Dictionary<(string Query, string Passage), float> _scores = [];

    /// <summary>Opens the file, or begins it.</summary>
    /// <param name="path">The file.</param>
    internal KeptScores(string path)
    {
        _path = path;
        if (!File.Exists(path)) return;
        var (block, whole) = (new List<((string, string) Pair, float Score)>(), 0L);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var start = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', start)) >= 0; start = end + 1)
        {
            var fields = Encoding.UTF8.GetString(bytes, start, end - start).Split('\t');
            if (fields is ["#", var count] && count == block.Count.ToString(CultureInfo.InvariantCulture))
            {
                foreach (var (pair, score) in block) _scores[pair] = score;
                block.Clear();
                whole = end + 1;
            }
            else if (fields is [var query, var passage, var text] && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)) block.Add(((query, passage), score));
            else break;
        }
        stream.SetLength(whole);
    }

    /// <summary>Pairs whose scores are there.</summary>
    internal int Count => _scores.Count;

    /// <summary>Whether a pair's score is there.</summary>
    /// <param name="query">The query's id.</param>
    /// <param name="passage">The passage's id.</param>
    internal bool Has(string query, string passage) => _scores.ContainsKey((query, passage));

    /// <summary>The score of a pair that is there.</summary>
    /// <param name="query">The query's id.</param>
    /// <param name="passage">The passage's id.</param>
    internal float this[string query, string passage] => _scores[(query, passage)];

    /// <summary>Adds the scores of pairs, to the file first.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="scores">Their scores.</param>
    internal void Add(IReadOnlyList<(Query Query, Passage Passage)> pairs, IReadOnlyList<float> scores)
    {
        if (pairs.Count == 0) return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using (var writer = new StreamWriter(_path, append: true, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            for (var at = 0; at < pairs.Count; at++) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pairs[at].Query.Id}\t{pairs[at].Passage.Id}\t{scores[at]:R}"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#\t{pairs.Count}"));
        }
        for (var at = 0; at < pairs.Count; at++) _scores[(pairs[at].Query.Id, pairs[at].Passage.Id)] = scores[at];
    }

    /// <summary>Writes all scores, in the order of ids, with the fold that each query is in.</summary>
    /// <param name="path">The file; gzip-compressed when it ends in <c>.gz</c>.</param>
    /// <param name="fold">The fold of a query, from 0.</param>
    internal void Publish(string path, Func<string, int> fold) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine("query\tpassage\tfold\tscore");
        foreach (var ((query, passage), score) in _scores.OrderBy(entry => entry.Key.Query, StringComparer.Ordinal).ThenBy(entry => entry.Key.Passage, StringComparer.Ordinal))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{query}\t{passage}\t{fold(query) + 1}\t{score:R}"));
    });
}
