using System.Text.RegularExpressions;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Archives;

/// <summary>Finds the files of a collection that a publisher hands out as a folder or a tar archive; a plain file stands for itself.</summary>
internal static partial class CollectionFiles
{
    // In order of preference: the first kind of which a folder has files is taken.
    private static readonly Regex[] DocumentNames = [BeirCorpus(), MiraclShard(), MrTydiDocuments(), MsMarcoCollection()];
    private static readonly Regex[] FolderDocumentNames = [.. DocumentNames, AnyJsonLines()];
    private static readonly Regex[] QueryNames = [AllQueries(), SplitTopics()];

    /// <summary>The files with documents, one after another; the caller disposes each before it takes the next.</summary>
    internal static IEnumerable<Utf8LineReader> Documents(string path) =>
        Open(path, Directory.Exists(path) ? FolderDocumentNames : DocumentNames, "documents (corpus.jsonl, docs-0.jsonl.gz, collection/docs.jsonl.gz or collection.tsv)");

    /// <summary>The files with queries.</summary>
    internal static IEnumerable<Utf8LineReader> Queries(string path) => Open(path, QueryNames, "queries (queries.jsonl, topic.tsv or topic.test.tsv)");

    /// <summary>The file with the judgements of a split.</summary>
    /// <param name="path">File, folder or archive.</param>
    /// <param name="split">The split; null for a file, or for <c>qrels.txt</c>.</param>
    internal static IEnumerable<Utf8LineReader> Judgements(string path, string? split)
    {
        var name = split is null ? @"^qrels\.(txt|tsv)(\.gz)?$" : $@"^(qrels\.)?{Regex.Escape(split)}\.(txt|tsv)(\.gz)?$";
        return Open(path, [new Regex(name, RegexOptions.CultureInvariant)], $"judgements ({(split is null ? "qrels.txt; or name a split, such as test=" + path : $"qrels.{split}.txt")})").Take(1);
    }

    private static IEnumerable<Utf8LineReader> Open(string path, Regex[] names, string files)
    {
        if (Directory.Exists(path)) return Folder(path, names, files).Select(file => new Utf8LineReader(file));
        return TarArchive.IsArchive(path) ? Archive(path, names, files) : [new Utf8LineReader(path)];
    }

    private static List<string> Folder(string path, Regex[] names, string files)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
        var all = Directory.EnumerateFiles(path, "*", options).OrderBy(Natural, StringComparer.Ordinal).ToList();
        var wanted = names.Select(name => all.Where(file => name.IsMatch(Path.GetFileName(file))).ToList()).FirstOrDefault(found => found.Count > 0);
        return wanted ?? throw new DragomanException($"{path} holds no {files}; name the file itself.");
    }

    private static IEnumerable<Utf8LineReader> Archive(string path, Regex[] names, string files)
    {
        var any = false;
        foreach (var reader in TarArchive.Files(path, name => names.Any(wanted => wanted.IsMatch(name))))
        {
            any = true;
            yield return reader;
        }
        if (!any) throw new DragomanException($"{path} holds no {files}; name the file itself.");
    }

    // docs-2 comes before docs-10.
    private static string Natural(string file) => Digits().Replace(file, digits => digits.Value.PadLeft(12, '0'));

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^corpus\.jsonl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BeirCorpus();

    [GeneratedRegex(@"^docs-\d+\.jsonl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MiraclShard();

    [GeneratedRegex(@"^docs\.jsonl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MrTydiDocuments();

    [GeneratedRegex(@"^([a-z]+_)?collection\.tsv(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MsMarcoCollection();

    [GeneratedRegex(@"\.jsonl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AnyJsonLines();

    [GeneratedRegex(@"^(queries\.(jsonl|tsv)|topics?\.tsv)(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AllQueries();

    [GeneratedRegex(@"^topics?\.(train|dev|test)\.tsv(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SplitTopics();
}
