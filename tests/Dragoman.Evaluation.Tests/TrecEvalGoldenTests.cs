using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests;

/// <summary>Every number of every expected file, to the four decimals that trec_eval prints.</summary>
public sealed class TrecEvalGoldenTests
{
    private static readonly Lazy<Qrels> Judgements = new(() => TrecQrels.Read(Fixture("qrels.txt.gz")));

    [Theory]
    [InlineData("scored", "expected.txt", 43)]
    [InlineData("scored", "expected-complete.txt", 43)]
    [InlineData("scored", "expected-by-query.txt.gz", 292 * 5)]
    [InlineData("scored", "expected-depth10.txt", 2)]
    [InlineData("scored", "expected-level3.txt", 4)]
    [InlineData("ties", "expected.txt", 43)]
    [InlineData("ties", "expected-complete.txt", 43)]
    [InlineData("ties", "expected-by-query.txt.gz", 301 * 5)]
    [InlineData("ties", "expected-depth10.txt", 2)]
    [InlineData("ties", "expected-level3.txt", 4)]
    public void Evaluate_TrecEvalFixture_MatchesToFourDecimals(string run, string expected, int lines)
    {
        var rows = TextLines.Read(Fixture($"{run}.{expected}")).Select(line => line.Text.Split('\t', StringSplitOptions.TrimEntries)).ToList();
        var measures = rows.Select(row => MeasureParser.Parse(Spelling(row[0]))).Distinct().ToList();
        var options = new EvaluationOptions
        {
            Complete = expected.Contains("complete", StringComparison.Ordinal),
            Depth = expected.Contains("depth10", StringComparison.Ordinal) ? 10 : null,
            RelevanceLevel = expected.Contains("level3", StringComparison.Ordinal) ? 3 : 1,
        };

        var result = Evaluator.Evaluate(Judgements.Value, TrecRun.Read(Fixture($"{run}.run.txt.gz")), measures, options);

        rows.Count.ShouldBe(lines);
        var printed = rows.Select(row => string.Join(' ', row[0], row[1], Value(result, MeasureParser.Parse(Spelling(row[0])), row[1])));
        printed.ShouldBe(rows.Select(row => string.Join(' ', row)));
    }

    private static string Value(EvaluationResult result, Measure measure, string query)
    {
        var at = result.Measures.ToList().IndexOf(measure);
        var value = query == "all" ? result.Overall[at] : result.ByQuery[result.QueryIds.ToList().IndexOf(query)][at];
        return value.ToString(measure.IsCount ? "F0" : "F4", CultureInfo.InvariantCulture);
    }

    private static string Spelling(string name)
    {
        var at = name.LastIndexOf('_');
        return name switch
        {
            "num_q" => "NumQ",
            "num_ret" => "NumRet",
            "num_rel" => "NumRel",
            "num_rel_ret" => "NumRelRet",
            "map" => "AP",
            "recip_rank" => "RR",
            "set_P" => "SetP",
            "set_recall" => "SetR",
            "set_F" => "SetF",
            "Rprec" or "bpref" or "ndcg" => name,
            _ => Cut(name[..at]) + "@" + name[(at + 1)..],
        };
    }

    private static string Cut(string name) => name switch
    {
        "ndcg_cut" => "nDCG",
        "map_cut" => "AP",
        "recall" => "R",
        "success" => "Success",
        "iprec_at_recall" => "IPrec",
        _ => name,
    };

    private static string Fixture(string name) => TestPaths.Fixture("trec-eval", name);
}
