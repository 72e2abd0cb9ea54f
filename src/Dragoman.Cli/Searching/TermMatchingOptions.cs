using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Feedback;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Cli.Searching;

/// <summary>Options for the weights of the methods that match terms.</summary>
internal sealed class TermMatchingOptions
{
    private static readonly (Bm25Options Bm25, QueryLikelihoodOptions QueryLikelihood, Rm3Options Rm3) Defaults = (new(), new(), new());
    private readonly Option<double> _k1 = Number("--k1", "bm25: saturation of term frequency.", Defaults.Bm25.K1);
    private readonly Option<double> _b = Number("--b", "bm25: length normalisation, from 0 to 1.", Defaults.Bm25.B);
    private readonly Option<double> _mu = Number("--mu", "qld: weight of the collection's model, in terms.", Defaults.QueryLikelihood.Mu);
    private readonly Option<double> _lambda = Number("--lambda", "qljm: share of the collection's model, between 0 and 1.", Defaults.QueryLikelihood.Lambda);
    private readonly Option<bool> _rm3 = new("--rm3") { Description = "bm25, qld, qljm: expand queries by terms of the passages found first (RM3)." };
    private readonly Option<int> _passages = Count("--rm3-passages", "Passages taken for relevant.", Defaults.Rm3.Passages);
    private readonly Option<int> _terms = Count("--rm3-terms", "Terms gained at most.", Defaults.Rm3.Terms);
    private readonly Option<double> _weight = Number("--rm3-weight", "Weight of the query as it was, from 0 to 1.", Defaults.Rm3.QueryWeight);

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _k1, _b, _mu, _lambda, _rm3, _passages, _terms, _weight }) command.Options.Add(option);
    }

    /// <summary>Whether queries are to be expanded.</summary>
    internal bool Expands(ParseResult parsed) => parsed.GetValue(_rm3);

    /// <summary>The weights asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="method">The method wanted.</param>
    /// <exception cref="ConfigurationException">Queries of that method are not expanded.</exception>
    internal SearchEngineOptions Of(ParseResult parsed, string? method) => Expands(parsed) && method is not ("bm25" or "qld" or "qljm") ? throw new ConfigurationException(_rm3.Name, [$"queries of {method} are not expanded; use it with bm25, qld or qljm."]) : new()
    {
        Bm25 = new Bm25Options { K1 = parsed.GetValue(_k1), B = parsed.GetValue(_b) },
        QueryLikelihood = new QueryLikelihoodOptions { Mu = parsed.GetValue(_mu), Lambda = parsed.GetValue(_lambda) },
        Rm3 = parsed.GetValue(_rm3) ? new Rm3Options { Passages = parsed.GetValue(_passages), Terms = parsed.GetValue(_terms), QueryWeight = parsed.GetValue(_weight) } : null,
    };

    /// <summary>The weights as a run's manifest records them.</summary>
    internal JsonObject Effective(ParseResult parsed) => new()
    {
        ["k1"] = parsed.GetValue(_k1), ["b"] = parsed.GetValue(_b), ["mu"] = parsed.GetValue(_mu), ["lambda"] = parsed.GetValue(_lambda),
        ["rm3"] = !parsed.GetValue(_rm3) ? null : new JsonObject { ["passages"] = parsed.GetValue(_passages), ["terms"] = parsed.GetValue(_terms), ["query_weight"] = parsed.GetValue(_weight) },
    };

    private static Option<double> Number(string name, string description, double value) => new(name) { Description = description, HelpName = "X", DefaultValueFactory = _ => value };

    private static Option<int> Count(string name, string description, int value) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
