using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Qrels in whichever format the file has: TREC (four fields a line) or BEIR (a header, or three fields a line).</summary>
public static class QrelsFile
{
    /// <summary>Reads a file; its first line tells the format.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">The file does not follow its format.</exception>
    public static Qrels Read(string path) => IsBeir(path) ? BeirQrels.Read(path) : TrecQrels.Read(path);

    private static bool IsBeir(string path)
    {
        using var reader = new Utf8LineReader(path);
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line)) continue;
            if (BeirQrels.IsHeader(line)) return true;
            var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
            return TrecFields.Count(line) == 3 && name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }
}
