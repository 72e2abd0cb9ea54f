using System.Collections.Concurrent;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>
/// Weighs the passages of a segment: runs of passages by several threads, kept in memory up to a limit, beyond it in files of their own, merged at the end. What is written depends on the passages and the
/// weigher alone. Not thread-safe.
/// </summary>
/// <param name="segment">The segment.</param>
/// <param name="weigher">The weigher.</param>
/// <param name="memoryBytes">About how much memory the runs may take.</param>
/// <param name="threads">Number of threads.</param>
/// <param name="spill">Writes a file of weights and opens it; what it gives is removed when it is disposed.</param>
internal sealed class WeightsBuilder(SegmentReader segment, PassageWeigher weigher, long memoryBytes, int threads, Func<Action<WeightsFileWriter>, TemporaryWeights> spill)
{
    private const int PassagesPerRun = 1024;
    private const long TermsPerRun = 1 << 17;

    /// <summary>Writes the weights of all passages, deleted ones included.</summary>
    internal void Write(WeightsFileWriter writer, CancellationToken cancellationToken)
    {
        var languages = segment.Description.Languages;
        for (var language = 0; language < languages.Count; language++)
        {
            foreach (var queryLanguage in weigher.QueryLanguagesOf(languages[language].Tag))
                WritePair(writer, language, queryLanguage, weigher.Between(queryLanguage, languages[language].Tag), cancellationToken);
        }
    }

    private void WritePair(WeightsFileWriter writer, int language, string queryLanguage, PairWeigher pair, CancellationToken cancellationToken)
    {
        var (tag, passages) = (segment.Description.Languages[language].Tag, segment.Description.Languages[language].Passages);
        var spilled = new List<TemporaryWeights>();
        try
        {
            var (runs, bytes) = (new List<WeightRun>(), 0L);
            foreach (var run in Runs(language, pair, cancellationToken))
            {
                runs.Add(run);
                bytes += run.MemoryBytes;
                if (bytes < memoryBytes) continue;
                spilled.Add(spill(file => file.Write(tag, queryLanguage, passages, [.. runs.Select(full => full.Read())], cancellationToken)));
                (runs, bytes) = ([], 0);
            }
            writer.Write(tag, queryLanguage, passages, [.. spilled.Select(file => new WeightFileSource(file.Weights.Pairs[0], null)), .. runs.Select(run => run.Read())], cancellationToken);
        }
        finally
        {
            foreach (var file in spilled) file.Dispose();
        }
    }

    /// <summary>The passages of a language, weighed by several threads, in their order.</summary>
    private IEnumerable<WeightRun> Runs(int language, PairWeigher pair, CancellationToken cancellationToken)
    {
        var (first, meanings) = (segment.FirstOf(language), MeaningsOf(language, pair));
        var scratches = new ConcurrentBag<WeightRun.Scratch>();
        var working = new Queue<Task<WeightRun>>();
        try
        {
            foreach (var range in Ranges(first, segment.Description.Languages[language].Passages))
            {
                cancellationToken.ThrowIfCancellationRequested();
                working.Enqueue(Task.Run(() => Run(range), CancellationToken.None));
                if (working.Count >= threads) yield return working.Dequeue().GetAwaiter().GetResult();
            }
            while (working.Count > 0) yield return working.Dequeue().GetAwaiter().GetResult();
        }
        finally
        {
            // After a failure, nothing goes on behind the caller's back.
            foreach (var task in working) task.ContinueWith(static ended => ended.Exception, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        WeightRun Run(Range range)
        {
            if (!scratches.TryTake(out var scratch)) scratch = new WeightRun.Scratch(pair.QueryTermCount);
            var run = WeightRun.Of(segment, first, range, meanings, pair, scratch);
            scratches.Add(scratch);
            return run;
        }
    }

    private IEnumerable<Range> Ranges(int first, int passages)
    {
        for (var (start, end) = (0, 0); start < passages; start = end)
        {
            for (var terms = 0L; end < passages && end - start < PassagesPerRun && terms < TermsPerRun; end++) terms += segment.Lengths[first + end];
            yield return start..end;
        }
    }

    private (int QueryTerm, double Probability)[][] MeaningsOf(int language, PairWeigher pair)
    {
        var terms = segment.Terms(language);
        var meanings = new (int, double)[terms.Count][];
        var reader = terms.Read();
        while (reader.TryRead(out var entry)) meanings[entry.Number] = pair.MeaningsOf(reader.Term);
        return meanings;
    }
}

/// <summary>Weights in a file that is removed on disposal.</summary>
internal sealed class TemporaryWeights(WeightsReader weights, string path) : IDisposable
{
    internal WeightsReader Weights => weights;

    public void Dispose()
    {
        weights.Dispose();
        File.Delete(path);
    }
}
