using System.CommandLine;
using Dragoman.Retrieval.FirstStage;

namespace Dragoman.Cli.Searching;

/// <summary>Options that the commands over an index share, so that they are spelled and explained alike.</summary>
internal static class SearchOptions
{
    private const string Methods = "bm25, qld, qljm, psq, dense, hybrid or pivot";

    /// <summary>Whether a method matches terms alone, so that no encoder is needed.</summary>
    internal static bool MatchesTerms(string? method) => method is "bm25" or "qld" or "qljm" or "psq";

    internal static Option<string> Index() => new("--index") { Description = "Index folder, as 'dragoman index' makes it.", Required = true, HelpName = "DIR" };

    internal static Option<string?> Model() => new("--model") { Description = "Encoder folder for queries; by default the one the index was built with.", HelpName = "DIR" };

    internal static Option<string?> Tables() => new("--translation-table") { Description = "Folder of translation tables for --method psq, as 'dragoman train' makes it (task translation-table); by default the one the index was built with.", HelpName = "DIR" };

    internal static Option<string?> Languages() => new("--in") { Description = "Search only passages in these languages, separated by commas.", HelpName = "kk,ru" };

    internal static Option<string> From() => new("--from") { Description = "Language of the query, a BCP 47 tag.", HelpName = "zh", DefaultValueFactory = _ => "und" };

    internal static Option<int> Depth(int value)
    {
        var option = new Option<int>("--depth") { Description = "Passages per query.", HelpName = "N", DefaultValueFactory = _ => value };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal static Option<bool> Exact() => new("--exact") { Description = "Compare the query with every vector, also where the index has a graph of near ones, which may miss some." };

    internal static Option<int> Breadth()
    {
        var option = new Option<int>("--breadth") { Description = "Vectors that a search through a graph keeps on its way, at least twice the depth: the more, the surer and the slower.", HelpName = "N", DefaultValueFactory = _ => new RetrievalOptions().Breadth };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal static Option<string?> Method()
    {
        var option = new Option<string?>("--method") { Description = "bm25, qld or qljm (query likelihood with Dirichlet or Jelinek-Mercer smoothing), psq (through translation tables), dense, hybrid (bm25 and dense by reciprocal rank), or pivot (terms and vectors, and through passages in the language of --from); by default pivot when the index has vectors, else bm25.", HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is not { } method) return;
            if (method is not ("bm25" or "qld" or "qljm" or "psq" or "dense" or "hybrid" or "pivot")) result.AddError($"--method {method} is unknown; use {Methods}.");
        });
        return option;
    }
}
