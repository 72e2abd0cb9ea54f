using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Noise;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary><c>sampling detect</c>: how well a filter noticed the noise that <c>prepare noise</c> put in.</summary>
internal static class SamplingDetectCommand
{
    internal static Command Create()
    {
        var ledgers = new Argument<string[]>("ledger") { Description = "Model folder, or ledgers, of a training on a collection of 'prepare noise'.", Arity = ArgumentArity.OneOrMore, HelpName = "LEDGER" };
        var truth = new Option<string>("--truth") { Description = "The collection's noise.tsv.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("detect", "Tells how well acceptance tells wrong positives (of negatives: true answers) from sound ones, where the noise is known.") { ledgers, truth, json };
        command.SetAction(parsed =>
        {
            var changes = NoiseFile.Read(parsed.GetRequiredValue(truth));
            var parts = NoiseDetection.Of(LedgerPaths.Of(parsed.GetRequiredValue(ledgers)).SelectMany(path => SamplingLedger.Read(path)), changes);
            if (changes.Count > 0 && parts.Sum(part => part.Damaged) == 0)
                Console.Error.WriteLine("warning: nothing that was damaged is among the ledger's decisions; is it the ledger of a training on the damaged collection, and not on the one it was made from?");
            if (parsed.GetValue(json)) Console.Out.WriteLine(new JsonArray([.. parts.Select(Object)]).ToJsonString(StageFolder.Indented));
            else Print(parts);
            return 0;
        });
        return command;
    }

    private static void Print(IReadOnlyList<DetectedPart> parts)
    {
        TextTable.Print(["epoch", "part", "scheme", "judged", "noisy", "AUC", "in query", "precision", "recall", "accept noisy", "accept sound", "noise before", "after", "expected"], [.. parts.Select(part => (string[])
        [
            Count(part.Epoch), part.Part.Length == 0 ? "-" : part.Part, part.Scheme, Count(part.Summary.Noisy + part.Summary.Sound), Count(part.Summary.Noisy), Short(part.Summary.Auc), Short(part.Summary.AucWithinQueries), Short(part.Summary.Precision), Short(part.Summary.Recall),
            Short(part.Summary.AcceptNoisy), Short(part.Summary.AcceptSound), Short(part.Summary.NoiseBefore), Short(part.Summary.NoiseAfter), Short(part.Summary.NoiseExpected),
        ])], 3);
        Console.Out.WriteLine();
        Console.Out.WriteLine("noisy: positives that do not answer the query; of negatives, passages that do. AUC: chance that a noisy one has the lower acceptance; in query: than a sound one of the same query; precision, recall: of rejection;");
        Console.Out.WriteLine("expected: ρ a_n / (ρ a_n + (1 − ρ) a_c), from the mean acceptances; after: what was kept, weights counted.");
    }

    private static JsonNode Object(DetectedPart part) => new JsonObject
    {
        ["epoch"] = part.Epoch,
        ["part"] = part.Part,
        ["scheme"] = part.Scheme,
        ["noisy"] = part.Summary.Noisy,
        ["sound"] = part.Summary.Sound,
        ["auc"] = Number(part.Summary.Auc),
        ["auc_within_queries"] = Number(part.Summary.AucWithinQueries),
        ["precision"] = Number(part.Summary.Precision),
        ["recall"] = Number(part.Summary.Recall),
        ["accept_noisy"] = Number(part.Summary.AcceptNoisy),
        ["accept_sound"] = Number(part.Summary.AcceptSound),
        ["noise_before"] = Number(part.Summary.NoiseBefore),
        ["noise_after"] = Number(part.Summary.NoiseAfter),
        ["noise_expected"] = Number(part.Summary.NoiseExpected),
    };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Short(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
