using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Reports;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Training.Diagnostics;
using Dragoman.Training.Fitting;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>Measures a bi-encoder by searching the whole collection for the dev queries, each in the languages its judged passages are in, and looks for collapse.</summary>
internal sealed class BiEncoderDev : IDevMeasure
{
    internal const string MeasureName = "nDCG@10";
    private const int Depth = 100, MostPairs = 2000;
    private static readonly IReadOnlyList<Measure> Measures = MeasureParser.ParseAll(MeasureName + " RR@10 R@100");
    private readonly ITextEncoder _encoder;
    private readonly Qrels _qrels;
    private readonly Query[] _queries;
    private readonly PassageCatalogue _passages;
    private readonly StreamedSearch _search;
    private readonly (int Query, string Passage)[] _pairs;
    private readonly Action<string> _warn;
    private readonly Action<string, JsonObject>? _note;

    /// <summary>Prepares the dev split.</summary>
    /// <param name="encoder">The encoder that is trained.</param>
    /// <param name="qrels">Judgements of the dev split.</param>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">The collection's passages; read anew by every measurement.</param>
    /// <param name="warn">Told of alarms.</param>
    /// <param name="note">Told of histograms, as an event of the log; null when nobody wants them.</param>
    /// <exception cref="DragomanException">No judged query has a text and a relevant passage.</exception>
    internal BiEncoderDev(ITextEncoder encoder, Qrels qrels, IReadOnlyDictionary<string, Query> queries, PassageCatalogue passages, Action<string> warn, Action<string, JsonObject>? note = null)
    {
        (_encoder, _qrels, _passages, _warn, _note) = (encoder, qrels, passages, warn, note);
        Passage[] Relevant(string query) => [.. qrels.Judgements(query).Where(judgement => judgement.Grade > 0 && passages.Entries.ContainsKey(judgement.PassageId))
            .OrderByDescending(judgement => judgement.Grade).ThenBy(judgement => judgement.PassageId, StringComparer.Ordinal).Select(judgement => passages.Entries[judgement.PassageId])];
        var known = qrels.QueryIds.Where(queries.ContainsKey).Order(StringComparer.Ordinal).Select(id => (Query: queries[id], Relevant: Relevant(id))).Where(entry => entry.Relevant.Length > 0).ToList();
        if (known.Count == 0) throw new DragomanException($"None of the {qrels.QueryIds.Count} judged dev queries has both a text and a relevant passage in the collection; do the ids of queries, passages and judgements match?");
        _queries = [.. known.Select(entry => entry.Query)];
        StreamedQuery[] searched = [.. known.Select(entry => new StreamedQuery(entry.Query, entry.Relevant.Select(passage => passage.Language).ToHashSet(StringComparer.Ordinal)))];
        _search = new StreamedSearch(encoder, searched, Depth);
        var languages = searched.SelectMany(query => query.Languages).ToHashSet(StringComparer.Ordinal);
        Passages = passages.Entries.Values.Count(passage => languages.Contains(passage.Language));
        // Each passage once, as a text met twice would count as its own mismatch.
        _pairs = [.. known.Select((entry, query) => (Query: query, Passage: entry.Relevant[0].Id)).DistinctBy(pair => pair.Passage).Take(MostPairs)];
    }

    public string Name => MeasureName;

    public IReadOnlyDictionary<string, double> Before => new Dictionary<string, double>();

    /// <summary>Dev queries that are measured.</summary>
    internal int Queries => _queries.Length;

    /// <summary>Passages that are searched.</summary>
    internal int Passages { get; }

    public IReadOnlyDictionary<string, double> Measure(CancellationToken cancellationToken)
    {
        var queries = _search.EncodeQueries(cancellationToken);
        var positives = new float[(long)_pairs.Length * _encoder.Dimension];
        var run = Search(queries, positives, cancellationToken);
        var result = Evaluator.Evaluate(_qrels, run, Measures, new EvaluationOptions { Complete = true });
        var measured = Measures.ToDictionary(measure => measure.Name, measure => result[measure], StringComparer.Ordinal);
        foreach (var (name, value) in Collapse(queries, positives)) measured[name] = value;
        return measured;
    }

    /// <summary>Searches, and keeps the vectors of the pairs' passages.</summary>
    private Run Search(float[] queries, float[] positives, CancellationToken cancellationToken)
    {
        var pairOf = _pairs.Select((pair, place) => (pair.Passage, place)).ToDictionary(entry => entry.Passage, entry => entry.place, StringComparer.Ordinal);
        var best = _search.Search(queries, _passages.Read(), (passage, vector) =>
        {
            if (pairOf.TryGetValue(passage.Id, out var pair)) vector.CopyTo(positives.AsMemory(pair * _encoder.Dimension));
        }, cancellationToken: cancellationToken);
        var builder = new RunBuilder("dev");
        for (var query = 0; query < _queries.Length; query++) builder.Add(_queries[query].Id, best[query]);
        return builder.Build();
    }

    private IEnumerable<(string Name, double Value)> Collapse(float[] queries, float[] right)
    {
        if (_pairs.Length < 2) yield break;
        var width = _encoder.Dimension;
        var left = new float[_pairs.Length * width];
        for (var pair = 0; pair < _pairs.Length; pair++) queries.AsSpan(_pairs[pair].Query * width, width).CopyTo(left.AsSpan(pair * width));
        var report = CollapseDiagnostics.Measure(left, right, width);
        foreach (var alarm in report.Alarms()) _warn("alarm: " + alarm);
        Note("cosines of pairs", report.Contrast.PositiveCounts);
        Note("cosines of mismatches", report.Contrast.NegativeCounts);
        yield return ("mean_cosine", report.MeanCosine);
        yield return ("positive_minus_negative", report.PositiveCosine - report.NegativeCosine);
        yield return ("auc", report.Auc);
        yield return ("recall@1", report.RecallAt1);
        yield return ("alignment", report.Alignment);
        yield return ("effective_rank", report.EffectiveRank);
        yield return ("uniformity", report.Uniformity);
        yield return ("isoscore", report.IsoScore);
        yield return ("language_accuracy", report.LanguageAccuracy);
        yield return (CollapseLimits.DimensionName, report.Dimension);
        yield return (CollapseLimits.LeastEffectiveRankName, report.LeastEffectiveRank);
    }

    private void Note(string name, IReadOnlyList<long> counts) =>
        _note?.Invoke("histogram", new JsonObject { ["name"] = name, ["low"] = -1, ["high"] = 1, ["counts"] = new JsonArray([.. counts.Select(count => (JsonNode)count)]) });
}
