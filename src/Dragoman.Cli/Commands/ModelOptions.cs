using System.CommandLine;
using Dragoman.Models;

namespace Dragoman.Cli.Commands;

/// <summary>The options that every command with a model has.</summary>
internal static class ModelOptions
{
    internal static Option<int?> Threads()
    {
        var threads = new Option<int?>("--threads") { Description = "Threads to compute with; the machine's cores by default.", HelpName = "N" };
        WholeNumber.RequirePositive(threads);
        return threads;
    }

    internal static Option<string> Precision()
    {
        var precision = new Option<string>("--precision")
        {
            Description = "Type of large matrix products: auto takes bfloat16 where the processor multiplies it in hardware.",
            DefaultValueFactory = _ => "auto",
        };
        precision.AcceptOnlyFromAmong("float32", "bfloat16", "auto");
        return precision;
    }

    internal static Option<int?> Depth(string description)
    {
        var depth = new Option<int?>("--depth") { Description = description, HelpName = "N" };
        WholeNumber.RequirePositive(depth);
        return depth;
    }

    internal static Precision PrecisionOf(string? spelling) => PrecisionChoice.Parse(spelling ?? "auto");
}
