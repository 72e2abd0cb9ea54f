using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Archives;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Formats.MsMarco;
using Dragoman.Collections.Formats.Tabs;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>
/// Documents in whichever format a file has: JSON lines of BEIR, MIRACL, CIRAL, Mr.TyDi, AfriCLIRMatrix, KazQAD, HC4 and NeuCLIR, or Patapsco; <c>id&lt;TAB&gt;text</c> of CLIRMatrix and MS MARCO.
/// A document is one passage here; MIRACL, Mr.TyDi and CIRAL publish passages.
/// </summary>
public static class PassagesFile
{
    /// <summary>Reads documents as a stream; memory holds one passage and the ids seen.</summary>
    /// <param name="path">A file, plain or gzip-compressed; a folder or tar archive of such files as MIRACL and Mr.TyDi publish them.</param>
    /// <param name="options">Format and language, where the file does not tell.</param>
    /// <exception cref="ConfigurationException">The options name no format.</exception>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, an id occurs twice, or there is no passage.</exception>
    public static IEnumerable<Passage> Read(string path, PassageOptions? options = null)
    {
        options ??= new PassageOptions();
        CollectionFormat.Require(options.Format);
        if (options.Format is CollectionFormat.Trec or CollectionFormat.Mkqa) throw CollectionFormat.Lacks(options.Format, "documents");
        return Stream(path, options);
    }

    /// <summary>Writes passages in a format; gzip-compressed when the name ends in <c>.gz</c>. What a format has no place for (language, title) is left out or, the title, put before the text.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="format">Name of a <see cref="CollectionFormat"/>.</param>
    /// <param name="passages">The passages, written in this order.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ConfigurationException">The format has no documents.</exception>
    public static int Write(string path, string format, IEnumerable<Passage> passages)
    {
        CollectionFormat.Require(format);
        Func<Passage, string> line = format switch
        {
            CollectionFormat.Clirmatrix or CollectionFormat.MsMarco => passage => $"{passage.Id}\t{TabbedLine.Cell(passage.FullText)}",
            CollectionFormat.Beir => passage => JsonLine.Of(("_id", passage.Id), ("title", passage.Title), ("text", passage.Text), ("lang", passage.Language)),
            CollectionFormat.Miracl or CollectionFormat.Ciral => passage => JsonLine.Of(("docid", passage.Id), ("title", passage.Title), ("text", passage.Text)),
            CollectionFormat.MrTydi or CollectionFormat.Africlirmatrix => passage => JsonLine.Of(("id", passage.Id), ("contents", passage.FullText)),
            CollectionFormat.Kazqad => passage => JsonLine.Of(("id", passage.Id), ("title", passage.Title), ("text", passage.Text)),
            CollectionFormat.Neuclir => passage => JsonLine.Of(("id", passage.Id), ("cc_file", ""), ("time", ""), ("title", passage.Title), ("text", passage.Text), ("url", "")),
            CollectionFormat.Patapsco => passage => JsonLine.Of(("id", passage.Id), ("lang", LanguageCodes.ThreeLettersOf(passage.Language)), ("text", passage.FullText)),
            _ => throw CollectionFormat.Lacks(format, "documents"),
        };
        var count = 0;
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var passage in passages)
            {
                writer.WriteLine(line(passage));
                count++;
            }
        });
        return count;
    }

    private static IEnumerable<Passage> Stream(string path, PassageOptions options)
    {
        var ids = new DistinctIds("passage");
        foreach (var reader in CollectionFiles.Documents(path))
        {
            using (reader)
            {
                foreach (var passage in Records(reader, options))
                {
                    ids.Add(reader, passage.Id);
                    yield return options.RepairEncoding ? passage with { Title = DoubleEncoding.Repair(passage.Title), Text = DoubleEncoding.Repair(passage.Text) } : passage;
                }
            }
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"there are no documents; expected JSON lines like {PassageLayout.Any.Example}, or lines of an id, a tab and the text.");
    }

    private static IEnumerable<Passage> Records(Utf8LineReader reader, PassageOptions options)
    {
        if (!reader.TryPeek(out var first)) return [];
        var language = options.Language ?? PublisherFileName.Read(reader.Path).DocumentLanguage ?? LanguageShape.Unknown;
        var json = options.Format is null ? first.Trim(" \t"u8)[0] == '{' : options.Format is not (CollectionFormat.Clirmatrix or CollectionFormat.MsMarco);
        if (!json) return LineRecords.Read(reader, line => Tabbed(reader, line, language));
        if (options.Format is null && (first.IndexOf("\"src_id\""u8) >= 0 || first.IndexOf("\"topic_id\""u8) >= 0))
            throw new DataFormatException(reader.Path, reader.LineNumber + 1, $"these are queries and not documents; expected JSON lines like {PassageLayout.Any.Example}, or lines of an id, a tab and the text.");
        if (options.Format == CollectionFormat.Beir || (options.Format is null && first.IndexOf("\"_id\""u8) >= 0)) return BeirCorpus.Read(reader, language);
        var layout = options.Format is null ? PassageLayout.Any : PassageLayout.Of(options.Format) ?? PassageLayout.Any;
        return LineRecords.Read(reader, line => layout.Parse(reader, line, language));
    }

    private static Passage Tabbed(Utf8LineReader reader, ReadOnlySpan<byte> line, string language)
    {
        var (id, text) = TabbedLine.Parse(reader, line);
        return new Passage(id, "", text, language);
    }
}
