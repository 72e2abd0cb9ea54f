using System.CommandLine;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary><c>sampling inspect</c>: what was accepted and why, from the ledger.</summary>
internal static class SamplingInspectCommand
{
    internal static Command Create()
    {
        var ledgers = new Argument<string[]>("ledger") { Description = "Ledgers of 'sampling draw', one or several; or what 'train' writes with a section 'sampling': the model folder, or its checkpoint folder, which stand for the ledgers of all epochs.", Arity = ArgumentArity.OneOrMore, HelpName = "LEDGER" };
        var query = new Option<string?>("--query") { Description = "Show every passage that was proposed for this query.", HelpName = "ID" };
        var byQuery = new Option<bool>("--by-query") { Description = "A line for each query." };
        var epoch = new Option<int?>("--epoch") { Description = "Look at this epoch only.", HelpName = "N" };
        var run = new Option<string?>("--run") { Description = "With --qrels: refuse a ledger that was not drawn from this run and these judgements.", HelpName = "RUN" };
        var qrels = new Option<string?>("--qrels") { Description = "With --run: see there.", HelpName = "QRELS" };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("inspect", "Shows what was accepted and why, rates against 1/M, effective size, grades, costs, and violations of the bound.") { ledgers, query, byQuery, epoch, run, qrels, json };
        command.SetAction(parsed =>
        {
            var (runPath, qrelsPath) = (parsed.GetValue(run), parsed.GetValue(qrels));
            if (runPath is null != qrelsPath is null) throw new ConfigurationException("sampling inspect", ["--run and --qrels go together: a ledger is of both."]);
            var data = runPath is null ? null : SamplingLedger.DataOf(QrelsFile.Read(qrelsPath!), Fingerprint.OfFile(runPath));
            var content = LedgerContent.Read(LedgerPaths.Of(parsed.GetValue(ledgers)!), data, parsed.GetValue(query), parsed.GetValue(epoch), parsed.GetValue(byQuery));
            if (parsed.GetValue(json)) Console.Out.WriteLine(LedgerJson.Of(content).ToJsonString(StageFolder.Indented));
            else if (content.Entries.Count > 0) LedgerReport.PrintQuery(content.Entries);
            else LedgerReport.Print(content);
            return 0;
        });
        return command;
    }
}
