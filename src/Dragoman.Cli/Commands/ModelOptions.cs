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

    /// <summary>Where models compute.</summary>
    /// <param name="fallback">What holds when it is not given.</param>
    internal static Option<string?> Device(string fallback = "auto")
    {
        var device = new Option<string?>("--device") { Description = $"Where models compute: {DeviceChoice.Spellings}; {fallback} by default.", HelpName = "DEVICE" };
        device.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && DeviceChoice.TryParse(token.Value) is null) result.AddError($"--device is '{token.Value}'; use {DeviceChoice.Spellings}.");
        });
        return device;
    }

    internal static DeviceChoice? DeviceOf(string? spelling) => spelling is null ? null : DeviceChoice.TryParse(spelling);

    internal static Option<int?> Depth(string description)
    {
        var depth = new Option<int?>("--depth") { Description = description, HelpName = "N" };
        WholeNumber.RequirePositive(depth);
        return depth;
    }

    internal static Precision PrecisionOf(string? spelling) => PrecisionChoice.Parse(spelling ?? "auto");
}
