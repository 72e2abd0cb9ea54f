using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.FirstStage.Psq;

public class PsqRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // Query language zh: S 河 (river) 8 times, 城 (town) once, 11 terms in all.
    private static readonly Dictionary<string, Dictionary<string, long>> Counts = new() { ["zh"] = new() { ["河"] = 8, ["城"] = 1, ["的"] = 2 } };

    private static readonly Dictionary<(string From, string To), Dictionary<string, (string, float)[]>> Tables = new()
    {
        [("kk", "zh")] = new() { ["өзен"] = [("河", 0.75f), ("的", 0.25f)], ["су"] = [("河", 0.25f), ("水", 0.75f)], ["қала"] = [("城", 1f)] },
        [("zh", "kk")] = new() { ["河"] = [("өзен", 0.5f), ("су", 0.5f)], ["城"] = [("қала", 1f)] },
        [("ru", "zh")] = new() { ["река"] = [("河", 1f)] },
        [("zh", "ru")] = new() { ["河"] = [("река", 1f)] },
    };

    private static readonly Passage[] Passages =
    [
        new("k1", "", "өзен су қала таза", "kk"),
        new("k2", "", "су су", "kk"),
        new("k3", "", "таза ауа", "kk"),
        new("r1", "", "река", "ru"),
        new("z1", "", "河 的", "zh"),
        new("d1", "", "河 fluss", "de"),
    ];

    [Fact]
    public void Retrieve_Hmm_ScoresAsTheEquationSays()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, Tables), new PsqOptions { Background = 0.1 });

        var ranking = retriever.Retrieve([new Query("q", "河 河 城", "zh")], new RetrievalOptions(), Token)[0];

        // P(河|G) = 9/12, P(城|G) = 2/12; weight = ln(1 + .9 P(e|d) / (.1 P(e|G))).
        var river = 0.1 * 9 / 12;
        var town = 0.1 * 2 / 12;
        var expected = new Dictionary<string, double>
        {
            ["k1"] = (2 * Math.Log(1 + (0.9 * ((0.75 + 0.25) / 4) / river))) + Math.Log(1 + (0.9 * (1.0 / 4) / town)),
            ["k2"] = 2 * Math.Log(1 + (0.9 * (2 * 0.25 / 2) / river)),
            ["r1"] = 2 * Math.Log(1 + (0.9 * 1 / river)),
            ["z1"] = 2 * Math.Log(1 + (0.9 * 0.5 / river)),
            ["d1"] = 2 * Math.Log(1 + (0.9 * 0.1 * 0.5 / river)),
        };
        ranking.Select(found => found.PassageId).Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        foreach (var found in ranking) found.Score.ShouldBe(expected[found.PassageId], 1e-6, found.PassageId);
        ranking.Select(found => found.Score).ShouldBe(ranking.Select(found => found.Score).OrderDescending());
    }

    [Fact]
    public void Retrieve_Bm25Model_UsesExpectedFrequencies()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, Tables), new PsqOptions { Model = PsqModel.Bm25, Identity = 0 });

        var ranking = retriever.Retrieve([new Query("q", "河", "zh")], new RetrievalOptions { Languages = ["kk"] }, Token)[0];

        // TF(k1) = .5 + .5, TF(k2) = .5 * 2, DF = .5 * 1 + .5 * 2, N = 3, average length 8/3.
        var idf = Math.Log(1 + ((3 - 1.5 + 0.5) / (1.5 + 0.5)));
        double Score(double frequency, int length) => idf * frequency / (frequency + (0.9 * (0.6 + (0.4 * length / (8.0 / 3)))));
        ranking.Select(found => found.PassageId).ShouldBe(["k2", "k1"]);
        ranking[0].Score.ShouldBe(Score(1, 2), 1e-6);
        ranking[1].Score.ShouldBe(Score(1, 4), 1e-6);
    }

    [Theory]
    [InlineData(PsqModel.Hmm)]
    [InlineData(PsqModel.Bm25)]
    public void Explain_EveryPassage_SumsToTheScore(PsqModel model)
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, Tables), new PsqOptions { Model = model });
        var query = new Query("q", "城 河 河 山", "zh");

        foreach (var found in retriever.Retrieve([query], new RetrievalOptions(), Token)[0])
        {
            var explanation = retriever.Explain(query, found.PassageId, new RetrievalOptions());
            explanation.Score.ShouldBe(found.Score, 1e-9);
            explanation.Terms.Select(term => term.Term).ShouldBe(["城", "河", "山"]);
            explanation.Terms[2].Matches.ShouldBeEmpty();
        }
        var river = retriever.Explain(query, "k1", new RetrievalOptions()).Terms[1];
        river.Matches.Select(match => match.PassageTerm).ShouldBe(model == PsqModel.Hmm ? ["өзен", "су"] : ["су", "өзен"]);
    }

    [Fact]
    public void Retrieve_SameLanguage_OrdersAsQueryLikelihoodDoes()
    {
        using var folder = new TemporaryFolder();
        Passage[] passages = [new("a", "", "x x y", "zh"), new("b", "", "x y y y", "zh"), new("c", "", "x", "zh")];
        using var index = RandomCollection.Index(folder["index"], passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);

        var ranking = new PsqRetriever(index, new SpaceAnalyzer(), tables).Retrieve([new Query("q", "x", "zh")], new RetrievalOptions(), Token)[0];

        ranking.Select(found => found.PassageId).ShouldBe(["c", "a", "b"]);
    }

    [Fact]
    public void Cut_OneTranslationOfNearCertainty_IsKept()
    {
        // The reference drops the translation that crosses the cumulative threshold, and with it a term that has only one.
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);

        var ranking = new PsqRetriever(index, new SpaceAnalyzer(), tables, cut: TranslationCut.FastPsq)
            .Retrieve([new Query("q", "城", "zh")], new RetrievalOptions { Languages = ["kk"] }, Token)[0];

        ranking.Select(found => found.PassageId).ShouldBe(["k1"]);
    }

    [Fact]
    public void Retrieve_NoTableForAnyLanguage_SaysWhichQueryAndWhatTheIndexHolds()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages.Where(passage => passage.Language is "kk" or "ru"));
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, Tables));

        var failure = Should.Throw<ConfigurationException>(() => retriever.Retrieve([new Query("q7", "fluss", "de")], new RetrievalOptions(), Token));

        failure.Message.ShouldContain("query q7 is in de");
        failure.Message.ShouldContain("kk, ru");
    }

    [Fact]
    public void Create_TablesOfAnotherAnalyzer_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables, analyzer: "other-v3");

        var failure = Should.Throw<ConfigurationException>(() => new PsqRetriever(index, new SpaceAnalyzer(), tables));

        failure.Message.ShouldContain("other-v3");
        failure.Message.ShouldContain("space-v1");
    }

    [Fact]
    public void Create_OptionsOutOfRange_TellsThemTogether()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);

        Should.Throw<ConfigurationException>(() => new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Background = 1, Identity = 2 }, bm25: new Bm25Options { B = 2 })).Problems.Count.ShouldBe(3);
    }

    [Fact]
    public void Open_NotAFolderOfTables_SaysSo()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], Passages).Dispose();

        Should.Throw<DataFormatException>(() => TranslationFolder.Open(folder["index"])).Message.ShouldContain("not a folder of translation tables");
        Should.Throw<DragomanException>(() => TranslationFolder.Open(folder["nowhere"])).Message.ShouldContain("does not exist");
    }
}
