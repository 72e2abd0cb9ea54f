using System.CommandLine;

namespace Dragoman.Cli.Searching;

/// <summary>Options that the commands over an index share, so that they are spelled and explained alike.</summary>
internal static class SearchOptions
{
    internal static Option<string> Index() => new("--index") { Description = "Index folder, as 'dragoman index' makes it.", Required = true, HelpName = "DIR" };

    internal static Option<string?> Model() => new("--model") { Description = "Encoder folder for queries; by default the one the index was built with.", HelpName = "DIR" };

    internal static Option<string?> Languages() => new("--in") { Description = "Search only passages in these languages, separated by commas.", HelpName = "kk,ru" };

    internal static Option<string> From() => new("--from") { Description = "Language of the query, a BCP 47 tag.", HelpName = "zh", DefaultValueFactory = _ => "und" };

    internal static Option<int> Depth(int value)
    {
        var option = new Option<int>("--depth") { Description = "Passages per query.", HelpName = "N", DefaultValueFactory = _ => value };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal static Option<string?> Method()
    {
        var option = new Option<string?>("--method") { Description = "bm25, psq (through translation tables), dense, hybrid (bm25 and dense by reciprocal rank), or pivot (terms and vectors, and through passages in the language of --from); by default pivot when the index has vectors, else bm25.", HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is not { } method) return;
            if (method is "qld") result.AddError($"--method {method} is not available in this version; use bm25, psq, dense, hybrid or pivot.");
            else if (method is not ("bm25" or "psq" or "dense" or "hybrid" or "pivot")) result.AddError($"--method {method} is unknown; use bm25, psq, dense, hybrid or pivot.");
        });
        return option;
    }
}
