using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;

namespace Dragoman.Collections;

/// <summary>
/// A collection: a folder in BEIR layout with languages. It holds <c>corpus.jsonl</c> (<c>_id</c>, <c>title</c>, <c>text</c>, <c>lang</c>), and where there are
/// queries <c>queries.jsonl</c> or <c>queries.tsv</c>, and judgements as <c>qrels/SPLIT.tsv</c> or TREC <c>qrels.txt</c>. Every file may be gzip-compressed with <c>.gz</c>
/// added to its name. Reading streams and may be repeated; nothing is cached.
/// </summary>
public sealed class Collection
{
    private static readonly string[] QueryNames = ["queries.jsonl", "queries.tsv"];
    private static readonly string[] SplitExtensions = [".tsv", ".txt", ".qrels"];

    private Collection(string folder, string corpus)
    {
        Folder = folder;
        CorpusPath = corpus;
    }

    /// <summary>The folder as the user named it.</summary>
    public string Folder { get; }

    /// <summary>The file with the passages.</summary>
    public string CorpusPath { get; }

    /// <summary>The file with the queries; null when the collection has none.</summary>
    public string? QueriesPath => QueryNames.Select(name => Find(Folder, name)).FirstOrDefault(path => path is not null);

    /// <summary>Names of the judgement splits (<c>train</c>, <c>dev</c>, <c>test</c>), in ordinal order; <c>qrels.txt</c> in the folder itself is the split <c>qrels</c>.</summary>
    public IReadOnlyList<string> Splits => [.. QrelsFiles().Keys];

    /// <summary>Opens a collection.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DragomanException">There is no such folder, or it holds no corpus.</exception>
    public static Collection Open(string folder)
    {
        if (!Directory.Exists(folder)) throw new DragomanException($"{folder} does not exist or is not a folder; name a collection folder (with corpus.jsonl in it).");
        var corpus = Find(folder, "corpus.jsonl") ?? throw new DragomanException($"{folder} holds no corpus.jsonl or corpus.jsonl.gz; is it a collection in BEIR layout?");
        return new Collection(folder, corpus);
    }

    /// <summary>Streams the passages.</summary>
    /// <exception cref="DataFormatException">When enumerated: see <see cref="BeirCorpus.Read(string)"/>.</exception>
    public IEnumerable<Passage> ReadPassages() => BeirCorpus.Read(CorpusPath);

    /// <summary>Streams the queries.</summary>
    /// <exception cref="DragomanException">The collection has no queries.</exception>
    /// <exception cref="DataFormatException">When enumerated: see <see cref="BeirQueries.Read(string, string)"/>.</exception>
    public IEnumerable<Query> ReadQueries() =>
        BeirQueries.Read(QueriesPath ?? throw new DragomanException($"{Folder} holds no queries.jsonl or queries.tsv; add one, or name a file of queries."));

    /// <summary>Reads the judgements of a split.</summary>
    /// <param name="split">The split's name; null when there is only one.</param>
    /// <exception cref="DragomanException">There is no such split, or several and none was named.</exception>
    /// <exception cref="DataFormatException">The file is malformed.</exception>
    public Qrels ReadQrels(string? split = null) => QrelsFile.Read(QrelsPath(split));

    /// <summary>The file with the judgements of a split.</summary>
    /// <param name="split">The split's name; null when there is only one.</param>
    /// <exception cref="DragomanException">There is no such split, or several and none was named.</exception>
    public string QrelsPath(string? split = null)
    {
        var files = QrelsFiles();
        if (files.Count == 0) throw new DragomanException($"{Folder} holds no judgements; expected qrels/test.tsv (or another split) or qrels.txt.");
        if (split is null && files.Count == 1) return files.Values.First();
        if (split is not null && files.TryGetValue(split, out var path)) return path;
        var found = string.Join(", ", files.Keys);
        throw new DragomanException(split is null
            ? $"{Folder} holds several splits of judgements ({found}); name one."
            : $"{Folder} holds no split '{split}' of judgements; it has {found}.");
    }

    private SortedDictionary<string, string> QrelsFiles()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Find(Folder, "qrels.txt") is { } single) files["qrels"] = single;
        var folder = Path.Combine(Folder, "qrels");
        if (!Directory.Exists(folder)) return files;
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (name.EndsWith(".gz", StringComparison.Ordinal)) name = name[..^3];
            if (SplitExtensions.Contains(Path.GetExtension(name), StringComparer.Ordinal)) files.TryAdd(Path.GetFileNameWithoutExtension(name), file);
        }
        return files;
    }

    private static string? Find(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }
}
