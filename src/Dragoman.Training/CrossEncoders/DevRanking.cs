using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Measures;
using Dragoman.Models.CrossEncoders;
using Dragoman.Retrieval.Reranking;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Measures a cross-encoder by the candidates it reranks for the queries of the dev split.</summary>
internal sealed class DevRanking
{
    internal const string MeasureName = "nDCG@10";
    private static readonly IReadOnlyList<Measure> Measures = MeasureParser.ParseAll(MeasureName + " RR@10 Success@1");
    private static readonly EvaluationOptions AllJudgedQueries = new() { Complete = true };
    private readonly Qrels _qrels;
    private readonly Run _run;
    private readonly CandidateTexts _texts;

    private DevRanking(Qrels qrels, Run run, CandidateTexts texts)
    {
        (_qrels, _run, _texts) = (qrels, run, texts);
        var result = Evaluator.Evaluate(qrels, run, Measures, AllJudgedQueries);
        Before = ByName(result);
        Warnings = Guard.CheckAll(new GuardInput { Qrels = qrels, Result = result, Options = AllJudgedQueries });
    }

    /// <summary>Measures of the candidates as they came, by name; a judged query without candidates counts as 0.</summary>
    internal IReadOnlyDictionary<string, double> Before { get; }

    /// <summary>Reasons to doubt what is measured on these candidates.</summary>
    internal IReadOnlyList<EvaluationWarning> Warnings { get; }

    internal int Queries => _run.QueryIds.Count;

    internal int Pairs => _run.EntryCount;

    /// <summary>Reads the candidates and cuts them to the depth, so that before and after are measured on the same passages.</summary>
    /// <exception cref="DragomanException">The run has no judged query.</exception>
    internal static DevRanking Read(CrossEncoderData data, Qrels qrels, IReadOnlyDictionary<string, Query> queries, IEnumerable<Passage> passages)
    {
        var read = RunFile.Read(data.DevRun!);
        var builder = new RunBuilder(read.Tag);
        foreach (var queryId in read.QueryIds.Where(id => qrels.IndexOfQuery(id) >= 0)) builder.Add(queryId, read.Ranking(queryId).Take(data.DevDepth));
        var run = builder.Build();
        if (run.QueryIds.Count == 0) throw new DragomanException($"{data.DevRun} has candidates for none of the {qrels.QueryIds.Count} queries judged in split '{data.DevSplit}'; was it made for other queries?");
        return new DevRanking(qrels, run, CandidateTexts.For(run, data.DevRun!, queries.Values, passages, null));
    }

    internal IReadOnlyDictionary<string, double> Measure(CrossEncoder model, ITokenizer tokenizer, int maxLength, CancellationToken cancellationToken) =>
        ByName(Evaluator.Evaluate(_qrels, new Reranker(model, tokenizer, new RerankOptions { MaxLength = maxLength }).Rerank(_run, _texts, cancellationToken: cancellationToken), Measures, AllJudgedQueries));

    private static Dictionary<string, double> ByName(EvaluationResult result) => Measures.ToDictionary(measure => measure.Name, measure => result[measure], StringComparer.Ordinal);
}
