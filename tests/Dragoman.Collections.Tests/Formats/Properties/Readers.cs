using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Clirmatrix;
using Dragoman.Collections.Formats.Dictionaries;
using Dragoman.Collections.Formats.MsMarco;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Formats.Psq;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Formats.Xquad;
using Dragoman.Collections.Tests.Formats.Archives;

namespace Dragoman.Collections.Tests.Formats.Properties;

/// <summary>A reader with a valid file for it.</summary>
/// <param name="FileName">The name the file must have.</param>
/// <param name="Content">A valid file.</param>
/// <param name="Read">Reads the file at a path whole and gives how many records it has.</param>
internal sealed record Reader(string FileName, byte[] Content, Func<string, int> Read);

/// <summary>Every reader of collections.</summary>
internal static class Readers
{
    private const string TopicsSgml = "<top>\n<num> Number: 051\n<title> Topic: a &amp; b\n<desc> Description:\nc\nd\n<narr> Narrative:\ne\n</top>\n<top>\n<num> 52\n<title> z\n</top>\n";
    private const string TopicsXml = "<?xml version=\"1.0\"?>\n<!DOCTYPE t [ <!ELEMENT topic> ]>\n<t><!-- c -->\n<topic number=\"1\" type=\"x\">\n <query>a</query>\n <description>b\n</description></topic></t>\n";
    private const string TopicsJson = """{"topic_id": "5", "languages_with_qrels": ["zho"], "topics": [{"lang": "eng", "source": "original", "topic_title": "t", "topic_description": "d"}, {"lang": "zho", "source": "mt", "topic_title": "题"}], "narratives": {"zho": "n"}}""" + "\n";
    private const string Clirmatrix = "{\"src_id\": \"2986\", \"src_query\": \"7月29日\", \"tgt_results\": [[\"8962\", 6], [\"8940\", 4]]}\n{\"src_id\": \"1\", \"src_query\": \"数\", \"tgt_results\": [[\"8962\", 0]]}\n";
    private const string Beir = "{\"_id\": \"a\", \"title\": \"T\", \"text\": \"x\\ny\", \"lang\": \"zh\", \"metadata\": {\"k\": [1]}}\n{\"_id\": \"b\", \"text\": \"\\u4e00\"}\n";
    private const string Xquad = """{"data": [{"title": "t", "paragraphs": [{"context": "c", "qas": [{"id": "1", "question": "q", "answers": []}]}]}, {"paragraphs": []}]}""";

    /// <summary>All readers, by a name for messages.</summary>
    internal static IReadOnlyDictionary<string, Reader> All { get; } = new Dictionary<string, Reader>(StringComparer.Ordinal)
    {
        ["passages beir"] = Passages("corpus.jsonl", Beir),
        ["passages tabs"] = Passages("kk.tsv", "1\tбір\n2\tекі үш\n"),
        ["passages miracl"] = Passages("docs-0.jsonl", "{\"docid\": \"39#0\", \"title\": \"t\", \"text\": \"x\"}\n{\"docid\": \"39#1\", \"text\": \"y\"}\n"),
        ["passages patapsco"] = Passages("docs.jsonl", "{\"id\": \"d\", \"lang\": \"rus\", \"date\": null, \"text\": \"x\"}\n"),
        ["passages tar"] = new("mrtydi-v1.1-korean.tar.gz", TarArchiveTests.Archive(), path => PassagesFile.Read(path).Count()),
        ["queries tar"] = new("mrtydi-v1.1-korean.tar.gz", TarArchiveTests.Archive(), path => QueriesFile.Read(path).Count()),
        ["queries beir"] = Queries("queries.jsonl", Beir),
        ["queries tabs"] = Queries("topics.tsv", "1\tx\n2\tуф\n"),
        ["queries clirmatrix"] = Queries("zh.kk.train.jl", Clirmatrix),
        ["queries sgml"] = Queries("topics", TopicsSgml),
        ["queries xml"] = Queries("topics.xml", TopicsXml),
        ["queries neuclir"] = Queries("topics.jsonl", TopicsJson),
        ["queries patapsco"] = Queries("queries.jsonl", """{"id": "1", "lang": "eng", "query": "x", "text": "x", "report": null}"""),
        ["queries mkqa"] = Queries("mkqa.jsonl", """{"query": "q", "queries": {"zh_cn": "问", "en": "q"}, "example_id": -7449157003522518870}"""),
        ["topics neuclir"] = Text("topics.jsonl", TopicsJson, path => TopicsFile.Read(path).Count()),
        ["topics sgml"] = Text("topics", TopicsSgml, path => TopicsFile.Read(path).Count()),
        ["clirmatrix"] = Text("x.jl", Clirmatrix, path => ClirmatrixQueries.Read(path).Count()),
        ["qrels trec"] = Text("qrels", "1 0 a 1\n1\tQ0\tb\t0\n2 0 a -1\n", path => QrelsFile.Read(path).JudgementCount),
        ["qrels beir"] = Text("test.tsv", "query-id\tcorpus-id\tscore\n1\ta\t1\n", path => QrelsFile.Read(path).JudgementCount),
        ["qrels commas"] = Text("test.csv", "query_id,doc_id,relevance\n1,a,1\n1,b,0\n", path => QrelsFile.Read(path).JudgementCount),
        ["qrels clirmatrix"] = Text("x.jl", Clirmatrix, path => QrelsFile.Read(path).JudgementCount),
        ["run trec"] = Text("run", "1 Q0 a 1 2.5 t\n1 Q0 b 2 1e-3 t\n", path => RunFile.Read(path).EntryCount),
        ["run msmarco"] = Text("run", "1\ta\t1\n1\tb\t2\n", path => RunFile.Read(path).EntryCount),
        ["run patapsco"] = Text("run", """{"query": {"id": "1"}, "doc_lang": "rus", "system": "s", "results": [{"doc_id": "b", "rank": 0, "score": 9.5}]}""", path => RunFile.Read(path).EntryCount),
        ["run clirmatrix"] = Text("run", Clirmatrix, path => RunFile.Read(path).EntryCount),
        ["triples ids"] = Text("triples.tsv", "1\t2\t3\n4\t5\t6\n", path => MsMarcoTriples.ReadIds(path).Count()),
        ["triples texts"] = Text("triples.tsv", "q é\tp\tn\n", path => MsMarcoTriples.ReadTexts(path, repairEncoding: true).Count()),
        ["parallel json"] = Text("p.jsonl", "{\"_id\": \"1\", \"src\": \"s\", \"zh\": \"一\", \"kk\": \"бір\"}\n", path => ParallelText.Read(path).Count()),
        ["parallel tabs"] = Text("p.tsv", "_id\tzh\tkk\n1\t一\tбір\n2\t\tекі\n", path => ParallelText.Read(path).Count()),
        ["psq"] = Text("table.json", "{\n \"flooding\": {\"наводнение\": 0.6, \"x\": 3e-1},\n \"b\": {\"y\": 1}\n}\n", path => PsqTable.Read(path, TranslationCut.Patapsco).EntryCount),
        ["dictionary tabs"] = Text("d.tsv", "en\tkk\tpos\none\tбір\tnum\n", path => TsvDictionary.Read(path).Count()),
        ["xquad"] = Text("xquad.en.json", Xquad, path => XquadCollection.Read(Path.GetDirectoryName(path)!, "en", "en").Queries.Count),
        ["beir corpus"] = Text("corpus.jsonl", Beir, path => BeirCorpus.Read(path).Count()),
        ["beir queries"] = Text("queries.jsonl", Beir, path => BeirQueries.Read(path).Count()),
        ["trec run"] = Text("run", "1 Q0 a 1 2.5 t\n", path => TrecRun.Read(path).EntryCount),
    };

    private static Reader Passages(string name, string content) => Text(name, content, path => PassagesFile.Read(path, new PassageOptions { RepairEncoding = true }).Count());

    private static Reader Queries(string name, string content) => Text(name, content, path => QueriesFile.Read(path, new QueryOptions { TopicFields = [TopicField.Title, TopicField.Description, TopicField.Narrative] }).Count());

    private static Reader Text(string name, string content, Func<string, int> read) => new(name, System.Text.Encoding.UTF8.GetBytes(content), read);
}
