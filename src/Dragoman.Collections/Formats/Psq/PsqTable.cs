using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Psq;

/// <summary>
/// Translation tables as PSQ's tools exchange them: one JSON object <c>{"source": {"target": probability}}</c>. It is read token by token: memory holds the table and one source term.
/// Probabilities must be within 0 to 1 (up to 1e-6 above counts as 1). Source terms whose probabilities sum to more than 1.001 are counted, in <see cref="TranslationTable.SourcesAboveOne"/>, and kept as they are.
/// </summary>
public static class PsqTable
{
    /// <summary>Reads a table.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="cut">Which translations to keep; null for all.</param>
    /// <exception cref="ConfigurationException">The cut is no cut.</exception>
    /// <exception cref="DataFormatException">It is not such an object, a probability is not within 0 to 1, a term occurs twice, or there is no translation.</exception>
    public static TranslationTable Read(string path, TranslationCut? cut = null)
    {
        if (cut?.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("translation cut", problems);
        using var stream = Utf8LineReader.Open(path);
        var table = new PsqTableReader(path, stream, cut).Read();
        return table.EntryCount > 0 ? table : throw new DataFormatException(path, 0, $"the table is empty; expected {PsqTableReader.Example}.");
    }

    /// <summary>Writes a table, a source term a line; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="table">The table.</param>
    public static void Write(string path, TranslationTable table) => AtomicFile.WriteText(path, writer =>
    {
        writer.Write('{');
        for (var source = 0; source < table.Sources.Count; source++)
        {
            var (targets, probabilities) = (table.TargetsAt(source).ToArray(), table.ProbabilitiesAt(source).ToArray());
            var row = JsonLine.Write(json =>
            {
                json.WriteStartObject(table.Sources[source]);
                for (var i = 0; i < targets.Length; i++) json.WriteNumber(table.Targets[targets[i]], probabilities[i]);
                json.WriteEndObject();
            });
            writer.Write(source == 0 ? "\n" : ",\n");
            writer.Write(row.AsSpan(1, row.Length - 2));
        }
        writer.Write("\n}\n");
    });
}
