using System.Globalization;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.MsMarco;

/// <summary>MS MARCO's runs: <c>query passage rank</c>, separated by tabs (any white space is read). The score of rank r becomes 1/r.</summary>
internal static class MsMarcoRun
{
    internal const string Columns = "query, passage, rank";

    /// <summary>Reads the run; null when there is no line.</summary>
    internal static RunBuilder? Read(Utf8LineReader reader)
    {
        RunBuilder? run = null;
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line)) continue;
            var fields = new TrecFields(line);
            var query = fields.Next();
            var passage = fields.Next();
            var rank = fields.Next();
            if (rank.IsEmpty || !fields.Next().IsEmpty) throw TrecFields.WrongCount(reader, line, 3, Columns);
            if (!int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
                throw reader.Failure($"the rank {TrecFields.Quote(rank)} is not a whole number from 1; expected {Columns}.");
            run ??= new RunBuilder("msmarco");
            run.Add(query, passage, 1.0 / value, reader.LineNumber);
        }
        return run;
    }

    internal static void Write(TextWriter writer, Run run)
    {
        foreach (var queryId in run.QueryIds)
        {
            var rank = 0;
            foreach (var (passageId, _) in run.Ranking(queryId)) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queryId}\t{passageId}\t{++rank}"));
        }
    }
}
