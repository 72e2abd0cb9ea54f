using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.MsMarco;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Formats.Psq;

namespace Dragoman.Collections.Tests.Formats.Properties;

/// <summary>What is written is read again, record for record, in every format that is written.</summary>
public sealed class RoundTripTests : IDisposable
{
    private const int Cases = 20;
    private static readonly string[] Words = ["a", "қазақ", "数论", "😀", "<b>", "&amp;", "\"q\"", "\\", "Topic:", "{", "#", "é", "Number:", "ﷺ", "0", "'", "a,b"];
    private static readonly string[] Languages = ["zh", "kk", "en", "und", "ru"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("beir", "c.jsonl.gz")]
    [InlineData("patapsco", "c.jsonl")]
    [InlineData("miracl", "c.jsonl")]
    [InlineData("ciral", "c.jsonl.gz")]
    [InlineData("kazqad", "c.jsonl")]
    [InlineData("neuclir", "c.jsonl")]
    [InlineData("mrtydi", "c.jsonl")]
    [InlineData("africlirmatrix", "c.jsonl")]
    [InlineData("clirmatrix", "c.tsv.gz")]
    [InlineData("msmarco", "c.tsv")]
    public void Passages_WrittenAndRead_AreTheSame(string format, string name)
    {
        var (hasTitle, hasLanguage) = (format is "beir" or "miracl" or "ciral" or "kazqad" or "neuclir", format is "beir" or "patapsco");
        ForSeeds(random =>
        {
            var passages = Ids(random).Select(id => new Passage(id, hasTitle ? Text(random, 0) : "", Text(random, 1), hasLanguage ? Pick(random, Languages) : "kk")).ToList();
            PassagesFile.Write(_folder[name], format, passages).ShouldBe(passages.Count);
            PassagesFile.Read(_folder[name], new PassageOptions { Format = format, Language = "kk" }).ShouldBe(passages);
            PassagesFile.Read(_folder[name], new PassageOptions { Language = "kk" }).ShouldBe(passages);
        });
    }

    [Theory]
    [InlineData("beir", "q.jsonl.gz", true)]
    [InlineData("patapsco", "q.jsonl", true)]
    [InlineData("trec", "q.tsv", false)]
    [InlineData("msmarco", "q.tsv.gz", false)]
    public void Queries_WrittenAndRead_AreTheSame(string format, string name, bool hasLanguage) => ForSeeds(random =>
    {
        var queries = Ids(random).Select(id => new Query("q" + id, Text(random, 1), hasLanguage ? Pick(random, Languages) : "zh")).ToList();
        QueriesFile.Write(_folder[name], format, queries);
        QueriesFile.Read(_folder[name], new QueryOptions { Language = "zh" }).ShouldBe(queries);
    });

    [Theory]
    [InlineData("neuclir", 3)]
    [InlineData("trec", 1)]
    public void Topics_WrittenAndRead_AreTheSame(string format, int mostTexts) => ForSeeds(random =>
    {
        var sgml = format == "trec";
        var topics = Ids(random).Select(id => new Topic(id, [.. Enumerable.Range(0, random.Next(1, mostTexts + 1)).Select(_ =>
            new TopicText(sgml ? "und" : Pick(random, Languages), sgml ? "" : Pick(random, Words), Text(random, 1), Text(random, 0), Text(random, 0)))])).ToList();
        TopicsFile.Write(_folder["topics.gz"], format, topics);
        var read = TopicsFile.Read(_folder["topics.gz"]).ToList();
        read.Select(topic => topic.Id).ShouldBe(topics.Select(topic => topic.Id));
        read.SelectMany(topic => topic.Texts).ShouldBe(topics.SelectMany(topic => topic.Texts));
    });

    [Theory]
    [InlineData("trec", "qrels.txt.gz")]
    [InlineData("beir", "test.tsv")]
    public void Qrels_WrittenAndRead_AreTheSame(string format, string name) => ForSeeds(random =>
    {
        var builder = new QrelsBuilder();
        foreach (var query in Ids(random))
            foreach (var passage in Ids(random)) builder.Add(query, passage, random.Next(-2, 7));
        var qrels = builder.Build();
        QrelsFile.Write(_folder[name], format, qrels);
        var read = QrelsFile.Read(_folder[name]);
        read.QueryIds.ShouldBe(qrels.QueryIds);
        foreach (var query in qrels.QueryIds) read.Judgements(query).ShouldBe(qrels.Judgements(query));
    });

    [Theory]
    [InlineData("trec")]
    [InlineData("patapsco")]
    public void Runs_WrittenAndRead_AreTheSame(string format) => ForSeeds(random =>
    {
        var builder = new RunBuilder("tag");
        foreach (var query in Ids(random))
            foreach (var passage in Ids(random)) builder.Add(query, passage, (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12)));
        var run = builder.Build();
        RunFile.Write(_folder["run"], format, run);
        var read = RunFile.Read(_folder["run"]);
        foreach (var query in run.QueryIds) read.Ranking(query).ShouldBe(run.Ranking(query));
    });

    [Fact]
    public void Triples_WrittenAndRead_AreTheSame() => ForSeeds(random =>
    {
        var triples = Ids(random).Select(_ => new TextTriple(Text(random, 1), Text(random, 1), Text(random, 1))).ToList();
        MsMarcoTriples.Write(_folder["t.tsv"], triples);
        MsMarcoTriples.ReadTexts(_folder["t.tsv"]).ShouldBe(triples);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parallel_WrittenAndRead_IsTheSame(bool json) => ForSeeds(random =>
    {
        var rows = Ids(random).Select(id => new ParallelRow(id, random.Next(2) == 0 ? null : "src", new Dictionary<string, string>(StringComparer.Ordinal) { ["zh"] = Text(random, 1), ["kk"] = Text(random, 1) })).ToList();
        if (json) ParallelText.Write(_folder["p.jsonl.gz"], rows);
        else ParallelText.Write(_folder["p.tsv"], rows, ["zh", "kk"]);
        var read = ParallelText.Read(_folder[json ? "p.jsonl.gz" : "p.tsv"]).ToList();
        read.Select(row => (row.Id, row.Source, row.Texts["zh"], row.Texts["kk"])).ShouldBe(rows.Select(row => (row.Id, row.Source, row.Texts["zh"], row.Texts["kk"])));
    });

    [Fact]
    public void TranslationTable_WrittenAndRead_IsTheSame() => ForSeeds(random =>
    {
        var builder = new TranslationTableBuilder();
        foreach (var source in Ids(random)) builder.Add(source + Pick(random, Words), Words.Select(target => new Translation(target, (float)random.NextDouble())));
        var table = builder.Build();
        PsqTable.Write(_folder["t.json"], table);
        var read = PsqTable.Read(_folder["t.json"]);
        read.Sources.Count.ShouldBe(table.Sources.Count);
        for (var source = 0; source < table.Sources.Count; source++) read.TranslationsOf(table.Sources[source]).ShouldBe(table.TranslationsOf(table.Sources[source]));
    });

    private static void ForSeeds(Action<Random> check)
    {
        for (var seed = 0; seed < Cases; seed++) check(new Random(seed));
    }

    private static List<string> Ids(Random random) => [.. Enumerable.Range(1, random.Next(1, 8)).Select(number => (random.Next(3) == 0 ? "39#" : "00") + number)];

    private static string Text(Random random, int fewestWords) => string.Join(' ', Enumerable.Range(0, random.Next(fewestWords, 6)).Select(_ => Pick(random, Words)));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
