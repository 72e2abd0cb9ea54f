using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Formats;

/// <summary>A family of files that a publisher uses for a collection.</summary>
/// <param name="Name">The name that <c>--format</c> takes.</param>
/// <param name="Documents">The file of documents, a line of it in words; empty when the family has none.</param>
/// <param name="Queries">The file of queries or topics; empty when the family has none.</param>
/// <param name="Judgements">The file of judgements; empty when the family has none.</param>
/// <param name="Runs">The file of ranked passages; empty when the family has none of its own.</param>
/// <param name="Command">What turns the files into a collection folder: <c>prepare collection</c>, or a command of its own.</param>
public sealed record CollectionFormat(string Name, string Documents, string Queries, string Judgements, string Runs, string Command = CollectionFormat.PrepareCollection)
{
    private const string PrepareCollection = "prepare collection";
    private const string TrecQrels = "query iteration passage grade", Tabs = "id<TAB>text";

    /// <summary>Every family, by name.</summary>
    public static IReadOnlyList<CollectionFormat> All { get; } =
    [
        new(Africlirmatrix, """{"id", "contents"} lines""", Tabs, TrecQrels, ""),
        new(Beir, """corpus.jsonl: {"_id", "title", "text", "lang"} lines""", """queries.jsonl: {"_id", "text", "lang"} lines""", "qrels/SPLIT.tsv: query passage grade, with a header", ""),
        new(Ciral, """{"docid", "title", "text", "url"} lines""", Tabs, TrecQrels, ""),
        new(Clirmatrix, "LANGUAGE.tsv.gz: " + Tabs,
            """FROM.TO.SPLIT[.base].jl.gz: {"src_id", "src_query", "tgt_results"} lines""", "the results of the queries' file",
            "the results of the queries' file, without their grades"),
        new(Kazqad, """{"id", "title", "text"} lines""", Tabs, TrecQrels, ""),
        new(Miracl, """a folder of docs-N.jsonl.gz, or one of them: {"docid", "title", "text"} lines""", Tabs, TrecQrels, ""),
        new(Mkqa, "", """{"example_id", "query", "queries"} lines, several languages""", "", ""),
        new(MrTydi, """mrtydi-*.tar.gz, or its collection/docs.jsonl.gz: {"id", "contents"} lines""", Tabs, TrecQrels, ""),
        new(MsMarco, "collection.tsv: " + Tabs, Tabs, TrecQrels, "query passage rank"),
        new(Neuclir, """{"id", "cc_file", "time", "title", "text", "url"} lines""", """{"topic_id", "topics": [{"lang", "source", "topic_title", …}]} lines, or """ + Tabs, TrecQrels, ""),
        new(Parallel, """{"_id", "zh", "kk", …} lines, or TSV with a header of languages""", "the same sentences", "a sentence's translation", "", "prepare parallel"),
        new(Patapsco, """{"id", "lang", "date", "text"} lines""", """{"id", "lang", "query", "text", "report"} lines""", TrecQrels, """{"query", "doc_lang", "system", "results"} lines"""),
        new(Trec, "", "SGML topics (<top>, <num>, <title>, …), web-track XML (<topic number=…>), or " + Tabs, TrecQrels, "query Q0 passage rank score tag"),
        new(Xquad, "xquad.LANGUAGE.json: paragraphs", "the paragraphs' questions", "the paragraph of a question", "", "prepare xquad"),
    ];

    /// <summary>AfriCLIRMatrix.</summary>
    public const string Africlirmatrix = "africlirmatrix";

    /// <summary>BEIR, with or without languages.</summary>
    public const string Beir = "beir";

    /// <summary>CIRAL.</summary>
    public const string Ciral = "ciral";

    /// <summary>CLIRMatrix BI-139 and MULTI-8.</summary>
    public const string Clirmatrix = "clirmatrix";

    /// <summary>KazQAD.</summary>
    public const string Kazqad = "kazqad";

    /// <summary>MIRACL.</summary>
    public const string Miracl = "miracl";

    /// <summary>MKQA's questions.</summary>
    public const string Mkqa = "mkqa";

    /// <summary>Mr.TyDi.</summary>
    public const string MrTydi = "mrtydi";

    /// <summary>MS MARCO and mMARCO.</summary>
    public const string MsMarco = "msmarco";

    /// <summary>HC4 and NeuCLIR.</summary>
    public const string Neuclir = "neuclir";

    /// <summary>Parallel text.</summary>
    public const string Parallel = "parallel";

    /// <summary>Patapsco's intermediate files.</summary>
    public const string Patapsco = "patapsco";

    /// <summary>TREC's topics, judgements and runs.</summary>
    public const string Trec = "trec";

    /// <summary>XQuAD.</summary>
    public const string Xquad = "xquad";

    /// <summary>The families whose files the detecting readers take (<see cref="PassagesFile"/>, <see cref="QueriesFile"/>, <see cref="QrelsFile"/>, <see cref="RunFile"/>).</summary>
    public static IEnumerable<CollectionFormat> Detected => All.Where(format => format.Command == PrepareCollection);

    /// <summary>Checks the name of a format that the detecting readers take.</summary>
    /// <param name="name">The name; null is none.</param>
    /// <exception cref="ConfigurationException">There is no such format.</exception>
    public static void Require(string? name)
    {
        if (name is null || Detected.Any(format => format.Name == name)) return;
        var other = All.FirstOrDefault(format => format.Name == name);
        throw new ConfigurationException("format", [other is null
            ? $"'{name}' is not a format; known are {string.Join(", ", Detected.Select(format => format.Name))}."
            : $"'{name}' is no format of single files; use 'dragoman {other.Command}'."]);
    }

    internal static ConfigurationException Lacks(string name, string files) => new("format", [$"'{name}' has no files of {files}; leave the format out, and the file's content tells."]);
}
