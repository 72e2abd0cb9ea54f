using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Finds the ledgers that a person means: files, or folders of training runs.</summary>
internal static class LedgerPaths
{
    private const string Prefix = "epoch-", Suffix = ".ledger.jsonl.gz";

    /// <summary>The ledgers, those of a folder in the order of its epochs.</summary>
    /// <param name="named">Ledgers, model folders, or their checkpoint folders.</param>
    /// <exception cref="DragomanException">A folder holds no ledger.</exception>
    internal static IReadOnlyList<string> Of(IEnumerable<string> named) => [.. named.SelectMany(path => Directory.Exists(path) ? InFolder(path) : File.Exists(path) ? [path] : InCheckpoint(path))];

    private static IReadOnlyList<string> InFolder(string folder)
    {
        var found = new[] { Path.Combine(folder, "negatives"), folder }.Where(Directory.Exists).Select(Ledgers).FirstOrDefault(ledgers => ledgers.Count > 0);
        return found ?? throw new DragomanException($"{folder} holds no ledger ({Path.Combine("negatives", Prefix + "N" + Suffix)}); only runs with a section 'sampling' write them, from the first epoch after its warm_up on.");
    }

    // A run that has not come to its end has no model folder yet. A file that is nowhere is told of when it is read.
    private static IReadOnlyList<string> InCheckpoint(string path) => TrainingContext.CheckpointOf(path) is var checkpoint && Directory.Exists(checkpoint) ? InFolder(checkpoint) : [path];

    private static IReadOnlyList<string> Ledgers(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Select(path => (Path: path, Epoch: int.TryParse(Path.GetFileName(path)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : -1))
            .Where(file => file.Epoch > 0).OrderBy(file => file.Epoch).Select(file => file.Path),
    ];
}
