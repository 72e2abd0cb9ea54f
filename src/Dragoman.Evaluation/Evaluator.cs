using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation;

/// <summary>
/// Compares a run with judgements the way trec_eval 9.0.8 does: passages in order of their score as a 32-bit float, descending; ties by passage id descending in
/// byte order; the rank column ignored; what is not judged is not relevant. Thread-safe.
/// </summary>
/// <remarks>To measure the passages of one language only, see <see cref="LanguageBreakdown"/>.</remarks>
public static class Evaluator
{
    /// <summary>Computes measures of a run.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="run">The run.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="languages">The languages of passages and queries, for the measures that need them and for finding passages that no collection has; null for none.</param>
    /// <exception cref="ConfigurationException">The options cannot be used, or a measure cannot be computed from what is given.</exception>
    public static EvaluationResult Evaluate(Qrels qrels, Run run, IReadOnlyList<Measure> measures, EvaluationOptions? options = null, LanguageMap? languages = null)
    {
        var table = new EvaluationTable(qrels, measures, options ?? new EvaluationOptions(), languages);
        var scorer = new QueryScorer(table);
        for (var query = 0; query < qrels.QueryIds.Count; query++)
            if (run.IndexOfQuery(qrels.QueryIds[query]) >= 0) scorer.Score(run, query);
        return table.Finish(new RunFacts { Tag = run.Tag, Queries = run.QueryIds.Count, Entries = run.EntryCount, AnyQueryId = run.QueryIds.Count == 0 ? "" : run.QueryIds[0] });
    }

    /// <summary>
    /// Computes measures of a run's file, query by query with several threads and in memory that does not grow with the file, when the lines of each query stand together; else as a whole.
    /// The numbers are the same.
    /// </summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="runPath">The run; plain or gzip-compressed; a pipe will do.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="languages">The languages of passages and queries; null for none.</param>
    /// <exception cref="ConfigurationException">The options cannot be used, or a measure cannot be computed from what is given.</exception>
    /// <exception cref="DataFormatException">The file is no run.</exception>
    public static EvaluationResult Evaluate(Qrels qrels, string runPath, IReadOnlyList<Measure> measures, EvaluationOptions? options = null, LanguageMap? languages = null)
    {
        var table = new EvaluationTable(qrels, measures, options ?? new EvaluationOptions(), languages);
        var groups = TrecRunGroups.ReadOrNull(runPath, () => new QueryScorer(table).Score);
        return groups is null
            ? Evaluate(qrels, RunFile.Read(runPath), measures, options, languages)
            : table.Finish(new RunFacts { Tag = groups.Tag, Queries = groups.QueryCount, Entries = groups.EntryCount, AnyQueryId = groups.AnyQueryId });
    }
}
