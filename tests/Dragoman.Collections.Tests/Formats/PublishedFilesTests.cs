using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Parallel;

namespace Dragoman.Collections.Tests.Formats;

/// <summary>Publishers' files, read whole. Expected counts were taken with Python's split, json and ElementTree.</summary>
public sealed class PublishedFilesTests
{
    [Theory]
    [InlineData("africlirmatrix/qrels.africlirmatrix-v1.0.en.amh.txt", 1582, 1500, 1211, 7069)]
    [InlineData("africlirmatrix/qrels.africlirmatrix-v1.0.en.arz.txt", 9188, 1500, 8990, 39095)]
    [InlineData("africlirmatrix/qrels.africlirmatrix-v1.0.en.swa.txt", 1891, 1500, 1753, 8392)]
    [InlineData("africlirmatrix/qrels.africlirmatrix-v1.0.en.yor.txt", 1268, 1000, 1148, 5584)]
    [InlineData("ciral/qrels.ciral-v1.0-sw-dev.tsv", 196, 10, 196, 82)]
    [InlineData("ciral/qrels.ciral-v1.0-sw-test-a.tsv", 1656, 85, 1615, 353)]
    [InlineData("ciral/qrels.ciral-v1.0-sw-test-b.tsv", 2175, 114, 2090, 513)]
    [InlineData("kazqad/kazqad-qrels-v1.0-test.tsv", 3371, 1929, 2660, 2718)]
    [InlineData("miracl/qrels.miracl-v1.0-fr-dev.tsv", 3429, 343, 3407, 731)]
    [InlineData("miracl/qrels.miracl-v1.0-hi-dev.tsv", 3494, 350, 3342, 752)]
    [InlineData("miracl/qrels.miracl-v1.0-ko-dev.tsv", 3057, 213, 2835, 547)]
    [InlineData("miracl/qrels.miracl-v1.0-zh-dev.tsv", 3928, 393, 3786, 994)]
    [InlineData("mrtydi/qrels.mrtydi-v1.1-en.test.txt", 935, 744, 908, 935)]
    [InlineData("mrtydi/qrels.mrtydi-v1.1-ja.test.txt", 923, 720, 880, 923)]
    [InlineData("mrtydi/qrels.mrtydi-v1.1-ko.test.txt", 492, 421, 397, 492)]
    [InlineData("mrtydi/qrels.mrtydi-v1.1-ru.test.txt", 1168, 995, 1100, 1168)]
    [InlineData("mrtydi/qrels.mrtydi-v1.1-th.test.txt", 1368, 1190, 1163, 1368)]
    [InlineData("neuclir22/qrels.neuclir22-zh.first5topics.txt", 3471, 5, 3458, 101)]
    [InlineData("patapsco/eng_mini_qrels", 40, 2, 20, 15)]
    [InlineData("patapsco/zho.toy-dev.qrels.v1-0.txt", 44, 2, 44, 28)]
    [InlineData("trec/qrels.dl19-passage.txt", 9260, 43, 9139, 7300)]
    [InlineData("../clirmatrix-zh-kk/test.qrels", 108800, 1088, 85520, 23000)]
    public void Qrels_PublishedFile_AreRead(string file, int judgements, int queries, int passages, int gradeSum)
    {
        var qrels = QrelsFile.Read(TestPaths.Data("formats", file));
        var sum = 0;
        for (var query = 0; query < qrels.QueryIds.Count; query++)
            foreach (var grade in qrels.GradesAt(query)) sum += grade;
        (qrels.JudgementCount, qrels.QueryIds.Count, qrels.Passages.Count, sum).ShouldBe((judgements, queries, passages, gradeSum));
    }

    [Theory]
    [InlineData("africlirmatrix/topics.africlirmatrix-v1.0.en.amh.tsv", "en", 1500, "29720223", "23384991", 28529)]
    [InlineData("africlirmatrix/topics.africlirmatrix-v1.0.en.arz.tsv", "en", 1500, "7164107", "20396835", 26572)]
    [InlineData("africlirmatrix/topics.africlirmatrix-v1.0.en.swa.tsv", "en", 1500, "18559733", "5016667", 27119)]
    [InlineData("africlirmatrix/topics.africlirmatrix-v1.0.en.yor.tsv", "en", 1000, "39938095", "36091975", 17754)]
    [InlineData("ciral/topics.ciral-v1.0-sw-dev-native.tsv", "sw", 10, "5", "78", 544)]
    [InlineData("ciral/topics.ciral-v1.0-sw-test-a-native.tsv", "sw", 85, "1", "151", 3907)]
    [InlineData("ciral/topics.ciral-v1.0-sw-test-a.tsv", "en", 85, "1", "151", 4091)]
    [InlineData("ciral/topics.ciral-v1.0-sw-test-b.tsv", "en", 113, "11", "305", 4808)]
    [InlineData("kazqad/kazqad-topics-v1.0-kk-test.tsv", "kk", 1926, "bio0001bio", "woh0827woh", 99906)]
    [InlineData("miracl/topics.miracl-v1.0-fr-dev.tsv", "fr", 343, "5607241#0", "10579479#0", 15052)]
    [InlineData("miracl/topics.miracl-v1.0-hi-dev.tsv", "hi", 350, "1033752#0", "727434#0", 18669)]
    [InlineData("miracl/topics.miracl-v1.0-ko-dev.tsv", "ko", 213, "2", "1582", 4606)]
    [InlineData("miracl/topics.miracl-v1.0-zh-dev.tsv", "zh", 393, "1719936#0", "5517620#0", 4271)]
    [InlineData("mrtydi/topics.mrtydi-v1.1-en.test.txt.gz", "en", 744, "4447", "5193", 30122)]
    [InlineData("mrtydi/topics.mrtydi-v1.1-ja.test.txt.gz", "ja", 720, "4631", "5352", 13019)]
    [InlineData("mrtydi/topics.mrtydi-v1.1-ko.test.txt.gz", "ko", 421, "1598", "2018", 9591)]
    [InlineData("mrtydi/topics.mrtydi-v1.1-ru.test.txt.gz", "ru", 995, "6763", "7762", 46608)]
    [InlineData("mrtydi/topics.mrtydi-v1.1-th.test.txt.gz", "th", 1190, "4131", "5321", 50650)]
    [InlineData("neuclir22/topics.neuclir22-en.original-desc.txt", "en", 114, "0", "136", 10428)]
    [InlineData("neuclir22/topics.neuclir22-en.original-desc_title.txt", "en", 114, "0", "136", 14928)]
    [InlineData("neuclir22/topics.neuclir22-en.original-title.txt", "en", 114, "0", "136", 4386)]
    [InlineData("neuclir22/topics.neuclir22-zh.ht-desc.txt", "zh", 114, "0", "136", 2756)]
    [InlineData("neuclir22/topics.neuclir22-zh.ht-desc_title.txt", "zh", 114, "0", "136", 4165)]
    [InlineData("neuclir22/topics.neuclir22-zh.ht-title.txt", "zh", 114, "0", "136", 1295)]
    [InlineData("neuclir22/topics.neuclir22-zh.mt-desc.txt", "zh", 114, "0", "136", 2971)]
    [InlineData("neuclir22/topics.neuclir22-zh.mt-desc_title.txt", "zh", 114, "0", "136", 4384)]
    [InlineData("neuclir22/topics.neuclir22-zh.mt-title.txt", "zh", 114, "0", "136", 1299)]
    [InlineData("trec/topics.dl19-passage.txt", "und", 43, "156493", "146187", 1408)]
    [InlineData("trec/topics.adhoc.51-100.txt", "und", 50, "51", "100", 1464)]
    [InlineData("trec/topics.robust04.txt", "und", 250, "301", "700", 5123)]
    [InlineData("trec/topics.web.151-200.txt", "und", 50, "151", "200", 741)]
    [InlineData("../clirmatrix-zh-kk/queries.tsv", "und", 11999, "345", null, null)]
    public void Queries_PublishedFile_AreRead(string file, string language, int count, string first, string? last, int? characters)
    {
        var queries = QueriesFile.Read(TestPaths.Data("formats", file)).ToList();
        queries.Count.ShouldBe(count);
        queries[0].Id.ShouldBe(first);
        if (last is not null) queries[^1].Id.ShouldBe(last);
        if (characters is not null) queries.Sum(query => query.Text.EnumerateRunes().Count()).ShouldBe(characters.Value);
        queries.ShouldAllBe(query => query.Language == language);
    }

    [Theory]
    [InlineData("trec/topics.adhoc.51-100.txt", 5924, 20578, "Document will discuss government assistance to Airbus Industrie, or mention a trade dispute between Airbus and a U.S. aircraft producer over the issue of subsidies.")]
    [InlineData("trec/topics.robust04.txt", 24329, 65861, "Identify organizations that participate in international criminal activity, the activity, and, if possible, collaborating organizations and the countries involved.")]
    [InlineData("trec/topics.web.151-200.txt", 2363, 0, "What is a 403b plan?")]
    public void Topics_TrecMarkup_HaveDescriptionsAndNarratives(string file, int descriptionCharacters, int narrativeCharacters, string firstDescription)
    {
        var texts = TopicsFile.Read(TestPaths.Data("formats", file)).Select(topic => topic.Texts.ShouldHaveSingleItem()).ToList();
        texts[0].Description.ShouldBe(firstDescription);
        texts.Sum(text => text.Description.Length).ShouldBe(descriptionCharacters);
        texts.Sum(text => text.Narrative.Length).ShouldBe(narrativeCharacters);
    }

    [Fact]
    public void Topics_Hc4_HaveEveryLanguageAndSource()
    {
        var path = TestPaths.Data("formats", "patapsco", "dev.topics.v1-0.jsonl");
        var topics = TopicsFile.Read(path).ToList();
        topics.Select(topic => topic.Id).ShouldBe(["5", "6"]);
        topics[0].Texts.Select(text => (text.Language, text.Source)).ShouldBe(
            [("en", "original"), ("zh", "human translation"), ("fa", "20211005-scale21-sockeye2-tm1"), ("zh", "20211005-scale21-sockeye2-tm1"), ("ru", "20211005-scale21-sockeye2-tm1")]);
        QueriesFile.Read(path).First().ShouldBe(new Query("5", "Nigerian authorities respond to Boko Haram", "en"));
        QueriesFile.Read(path, new QueryOptions { Language = "zh" }).First().Text.ShouldBe("尼日利亚当局应对博科圣地组织");
        QueriesFile.Read(path, new QueryOptions { Language = "zh", TopicSource = "20211005-scale21-sockeye2-tm1", TopicFields = [TopicField.Description, TopicField.Title] }).First().Text
            .ShouldBe("尼日利亚当局如何应对被称为\"博科哈拉姆\"组织的恐怖主义团体的袭击？ 尼日利亚当局回应\"博科哈拉姆\"组织");
        TopicsFile.Read(TestPaths.Data("formats", "patapsco", "eng_mini_topics.jsonl")).Select(topic => topic.Texts.Count).ShouldBe([4, 4]);
    }

    [Fact]
    public void Queries_CiralNativeTestB_RepeatsAnIdAndIsRefusedWithBothLines()
    {
        var path = TestPaths.Data("formats", "ciral", "topics.ciral-v1.0-sw-test-b-native.tsv");
        Should.Throw<DataFormatException>(() => QueriesFile.Read(path).ToList()).Message.ShouldBe($"{path}, line 70: the query id 237 is already on line 69; ids must be unique.");
    }

    [Fact]
    public void Queries_Mkqa_AreReadInTheLanguageAsked()
    {
        var path = TestPaths.Data("formats", "mkqa", "test_mkqa.jsonl.gz");
        QueriesFile.Read(path).First().ShouldBe(new Query("36228854473990432", "when did help me help you come out", "en"));
        var turkish = QueriesFile.Read(path, new QueryOptions { Language = "tr" }).ToList();
        (turkish.Count, turkish[1].Text).ShouldBe((6, "uk vizem varsa nereye gidebilirim"));
        QueriesFile.Read(path, new QueryOptions { Language = "zh-CN" }).ShouldAllBe(query => query.Language == "zh-CN");
    }

    [Theory]
    [InlineData("electron", 1431, 622, 4353)]
    [InlineData("fastapi", 1571, 1399, 16766)]
    [InlineData("mozilla-www", 1253, 839, 18432)]
    [InlineData("opentelemetry", 1004, 740, 2230)]
    [InlineData("tldr", 3542, 3371, 34958)]
    public void Folder_BeirCollection_IsReadWhole(string set, int passages, int queries, int judgements)
    {
        var folder = TestPaths.Data("docs", set);
        PassagesFile.Read(folder).Count().ShouldBe(passages);
        QueriesFile.Read(folder).Count().ShouldBe(queries);
        QrelsFile.Read(Path.Combine(folder, "qrels", "cross.tsv.gz")).JudgementCount.ShouldBe(judgements);
    }

    [Fact]
    public void Run_ClirmatrixCandidates_IsRead()
    {
        var run = RunFile.Read(TestPaths.Data("clirmatrix-zh-kk", "candidates.run.gz"));
        (run.EntryCount, run.QueryIds.Count, run.Passages.Count).ShouldBe((108800, 1088, 85520));
    }

    [Fact]
    public void Parallel_Flores_HasEveryRowAndCell()
    {
        var rows = ParallelText.Read(TestPaths.Data("parallel", "flores200-devtest.jsonl.gz")).ToList();
        (rows.Count, rows.Sum(row => row.Texts.Count)).ShouldBe((1012, 31369));
    }
}
