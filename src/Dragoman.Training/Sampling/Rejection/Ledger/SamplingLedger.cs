using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>
/// A file of every proposal: JSON lines, compressed when the name ends in <c>.gz</c>. The first line names the data set, each further one holds a query of an epoch, and the last one counts them, so that a file that was cut off is noticed.
/// </summary>
public static class SamplingLedger
{
    private const string Format = "dragoman sampling ledger 1";

    /// <summary>A data set's name: of judgements, whatever their file and order of lines, and of further inputs by their fingerprints.</summary>
    /// <param name="qrels">The judgements.</param>
    /// <param name="inputs">Fingerprints of what else the draws follow from, such as the run or the model that proposes.</param>
    public static string DataOf(Qrels qrels, params IEnumerable<string> inputs) => Fingerprint.OfText(string.Join('\n', [qrels.Fingerprint(), .. inputs]));

    /// <summary>Writes a ledger; the file appears when all is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What it is of.</param>
    /// <param name="draws">The draws, each of which is let go once written.</param>
    /// <param name="before">Time that went into scores before anything was drawn; null for none.</param>
    /// <returns>What was counted.</returns>
    /// <exception cref="DragomanException">The file cannot be written, or a query cannot be drawn for: nothing is left then.</exception>
    public static LedgerTotals Write(string path, LedgerHeader header, IEnumerable<QueryDraws> draws, (TimeSpan Proposal, TimeSpan Target)? before = null)
    {
        var (queries, (proposalTime, targetTime)) = (0, before ?? (TimeSpan.Zero, TimeSpan.Zero));
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine(new JsonObject { ["format"] = Format, ["data"] = header.Data, ["seed"] = header.Seed }.ToJsonString());
            foreach (var drawn in draws)
            {
                writer.WriteLine(LedgerLine.Write(LedgerEntry.Of(drawn)));
                queries++;
                proposalTime += drawn.Account.ProposalTime;
                targetTime += drawn.Account.TargetTime;
            }
            writer.WriteLine(new JsonObject { ["end"] = true, ["queries"] = queries, ["proposal_seconds"] = proposalTime.TotalSeconds, ["target_seconds"] = targetTime.TotalSeconds }.ToJsonString());
        });
        return new LedgerTotals(queries, proposalTime, targetTime);
    }

    /// <summary>Reads a ledger's first line.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">It is no ledger.</exception>
    public static LedgerHeader Header(string path)
    {
        foreach (var line in TextLines.Read(path)) return Header(path, line);
        throw NoLedger(path);
    }

    /// <summary>Reads a ledger, entry by entry.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The data set that it must be of, as <see cref="DataOf"/> names it; null for any.</param>
    /// <param name="end">Told the totals when all entries are read.</param>
    /// <exception cref="DataFormatException">It is no ledger, is damaged or cut off; when enumerated.</exception>
    /// <exception cref="DragomanException">It is of another data set; when enumerated.</exception>
    public static IEnumerable<LedgerEntry> Read(string path, string? data = null, Action<LedgerTotals>? end = null)
    {
        var (entries, ended) = (0, false);
        foreach (var line in TextLines.Read(path))
        {
            if (line.Number == 1)
            {
                var header = Header(path, line);
                if (data is not null && header.Data != data) throw new DragomanException($"{path} is the ledger of another data set ({header.Data}; this one is {data}); name the judgements and the run that it was drawn with, or draw anew.");
                continue;
            }
            if (ended) throw new DataFormatException(path, line.Number, "there is more after the end of the ledger; was something appended?");
            if (Parse(path, line) is { } entry)
            {
                entries++;
                yield return entry;
                continue;
            }
            ended = true;
            var totals = Totals(path, line, entries);                                  // checked even if nobody asks
            end?.Invoke(totals);
        }
        if (entries == 0 && !ended) _ = Header(path);
        if (!ended) throw new DataFormatException(path, 0, $"the ledger ends after {Amount.Of(entries, "query")} without its last line; the copy was cut off.");
    }

    private static LedgerHeader Header(string path, TextLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            if (json.RootElement.GetProperty("format").GetString() != Format) throw NoLedger(path);
            return new LedgerHeader(json.RootElement.GetProperty("data").GetString()!, json.RootElement.GetProperty("seed").GetInt32());
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw NoLedger(path, broken);
        }
    }

    private static LedgerEntry? Parse(string path, TextLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            return json.RootElement.TryGetProperty("end", out _) ? null : LedgerLine.Read(json.RootElement);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw Damaged(path, line, broken);
        }
    }

    private static LedgerTotals Totals(string path, TextLine line, int entries)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            var queries = json.RootElement.GetProperty("queries").GetInt32();
            if (queries != entries) throw new FormatException($"it should hold {queries} queries and holds {entries}");
            return new LedgerTotals(queries, TimeSpan.FromSeconds(json.RootElement.GetProperty("proposal_seconds").GetDouble()), TimeSpan.FromSeconds(json.RootElement.GetProperty("target_seconds").GetDouble()));
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw Damaged(path, line, broken);
        }
    }

    private static bool IsBroken(Exception failure) => failure is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException;

    private static DataFormatException NoLedger(string path, Exception? broken = null) => new(path, 1, "this is not a sampling ledger; name a file that 'dragoman sampling draw' or training wrote.", broken);

    private static DataFormatException Damaged(string path, TextLine line, Exception broken) => new(path, line.Number, $"the ledger is damaged here ({broken.Message.TrimEnd('.')}); draw anew.", broken);
}
