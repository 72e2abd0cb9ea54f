using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats.Psq;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.FirstStage.Psq;

/// <summary>Folders of translation tables made in a test.</summary>
internal static class TinyTables
{
    /// <summary>Writes a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="counts">Term counts by language.</param>
    /// <param name="tables">Rows by pair of languages.</param>
    /// <param name="analyzer">Identity of the analyzer.</param>
    internal static TranslationFolder Write(
        string path,
        Dictionary<string, Dictionary<string, long>> counts,
        Dictionary<(string From, string To), Dictionary<string, (string, float)[]>> tables,
        string analyzer = "space-v1")
    {
        using (var stage = StageFolder.Begin(path))
        {
            foreach (var (language, ofLanguage) in counts) new TermCounts(ofLanguage).Write(Path.Combine(stage.WorkingPath, TranslationFolder.CountsName(language)));
            foreach (var ((from, to), rows) in tables)
            {
                var builder = new TranslationTableBuilder();
                foreach (var (term, translations) in rows) builder.Add(term, translations.Select(translation => new Translation(translation.Item1, translation.Item2)));
                PsqTable.Write(Path.Combine(stage.WorkingPath, TranslationFolder.TableName(from, to)), builder.Build());
            }
            var list = new JsonArray([.. tables.Keys.Select(pair => new JsonObject { ["from"] = pair.From, ["to"] = pair.To })]);
            stage.Complete([], new JsonObject { ["analyzer"] = analyzer, ["tables"] = list });
        }
        return TranslationFolder.Open(path);
    }
}
