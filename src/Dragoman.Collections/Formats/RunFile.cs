using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Clirmatrix;
using Dragoman.Collections.Formats.MsMarco;
using Dragoman.Collections.Formats.Patapsco;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>
/// Runs in whichever format a file has: TREC (six fields a line), MS MARCO (<c>query passage rank</c>, whose score becomes 1/rank), Patapsco's results, or the candidates of CLIRMatrix,
/// which get the score 0 each, so that neither score nor order tells the grade.
/// </summary>
public static class RunFile
{
    /// <summary>Reads a run.</summary>
    /// <param name="path">The file; plain or gzip-compressed; a pipe will do.</param>
    /// <param name="format">Name of a <see cref="CollectionFormat"/>; null when the content tells.</param>
    /// <exception cref="ConfigurationException">The format has no runs.</exception>
    /// <exception cref="DataFormatException">A line is malformed, a passage occurs twice for a query, or there are no lines and no manifest that says so.</exception>
    public static Run Read(string path, string? format = null)
    {
        CollectionFormat.Require(format);
        using var reader = new Utf8LineReader(path);
        var builder = !reader.TryPeek(out var first) ? null : (format ?? Detect(reader, first)) switch
        {
            CollectionFormat.MsMarco => MsMarcoRun.Read(reader),
            CollectionFormat.Patapsco => PatapscoResults.Read(reader),
            CollectionFormat.Clirmatrix => ClirmatrixQueries.ReadCandidates(reader),
            CollectionFormat.Trec => TrecRun.Read(reader),
            _ => throw CollectionFormat.Lacks(format!, "runs"),
        };
        return builder?.Build(path) ?? TrecRun.Empty(path);
    }

    /// <summary>Writes a run; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="format"><see cref="CollectionFormat.Trec"/>, <see cref="CollectionFormat.MsMarco"/> (ranks only) or <see cref="CollectionFormat.Patapsco"/>.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="ConfigurationException">The format has no runs.</exception>
    public static void Write(string path, string format, Run run)
    {
        Action<TextWriter, Run> write = format switch
        {
            CollectionFormat.Trec => TrecRun.Write,
            CollectionFormat.MsMarco => MsMarcoRun.Write,
            CollectionFormat.Patapsco => PatapscoResults.Write,
            _ => throw CollectionFormat.Lacks(format, "runs"),
        };
        AtomicFile.WriteText(path, writer => write(writer, run));
    }

    private static string Detect(Utf8LineReader reader, ReadOnlySpan<byte> first)
    {
        if (first.Trim(" \t"u8)[0] == '{')
        {
            if (first.IndexOf("\"tgt_results\""u8) >= 0) return CollectionFormat.Clirmatrix;
            return first.IndexOf("\"results\""u8) >= 0 ? CollectionFormat.Patapsco
                : throw new DataFormatException(reader.Path, reader.LineNumber + 1, $"JSON, but no run; expected lines of query, Q0, passage, rank, score and tag, or Patapsco's {PatapscoResults.Example}.");
        }
        return TrecFields.Count(first) == 3 && !TrecFields.IsBlankOrComment(first) ? CollectionFormat.MsMarco : CollectionFormat.Trec;
    }
}
