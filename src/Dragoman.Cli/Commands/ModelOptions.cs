using System.CommandLine;

namespace Dragoman.Cli.Commands;

/// <summary>The options that every command with a model has.</summary>
internal static class ModelOptions
{
    internal static Option<int?> Threads()
    {
        var threads = new Option<int?>("--threads") { Description = "Threads to compute with; the machine's cores by default.", HelpName = "N" };
        AtLeastOne(threads);
        return threads;
    }

    /// <summary>Refuses 0 and less.</summary>
    internal static void AtLeastOne(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is < 1) result.AddError($"{option.Name} must be 1 or more.");
    });
}
