using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Tests.FirstStage.Psq;
using Dragoman.Retrieval.Tests.Translators;
using Dragoman.Retrieval.Translators.Tables;

namespace Dragoman.Retrieval.Tests.FirstStage.Translated;

public class TranslatingRetrieverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Passage[] Passages =
    [
        new("k1", "", "өзен су қала таза", "kk"),
        new("k2", "", "су су", "kk"),
        new("k3", "", "таза ауа", "kk"),
        new("r1", "", "река вода", "ru"),
        new("r2", "", "өзен чужой", "ru"),
        new("z1", "", "河 的", "zh"),
        new("d1", "", "河 fluss", "de"),
        new("u1", "", "河 ?", "und"),
    ];

    [Fact]
    public void Retrieve_WeightedTranslations_AreScoresOfTheWeightedTermsInEachLanguage()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var bm25 = new Bm25Retriever(index, new SpaceAnalyzer());
        using var translator = new TableTranslator(Tables(folder), new SpaceAnalyzer(), 2);

        var ranking = new TranslatingRetriever(index, bm25, translator).Retrieve([new Query("q", "河 的", "zh")], new RetrievalOptions(), Token)[0];

        // By hand: what BM25 gives each language for the terms of its own translation; 的 has none and stands for itself.
        RankedPassage[] Of(string language, params (string Term, double Weight)[] terms) =>
            [.. bm25.RetrieveWeighted([new TermQuery("q", [.. terms.Select(term => new WeightedTerm(term.Term, term.Weight))])], new RetrievalOptions { Languages = [language] }, Token)[0]];
        RankedPassage[] expected = [.. Of("kk", ("өзен", 0.625f), ("су", 0.375f), ("的", 1)), .. Of("ru", ("река", 1), ("的", 1)), .. Of("zh", ("河", 1), ("的", 1)), .. Of("de", ("河", 1), ("的", 1)), .. Of("und", ("河", 1), ("的", 1))];
        ranking.Select(found => found.PassageId).ShouldBe(expected.OrderByDescending(found => found.Score).ThenByDescending(found => found.PassageId, StringComparer.Ordinal).Select(found => found.PassageId));
        foreach (var found in ranking) found.Score.ShouldBe(expected.Single(other => other.PassageId == found.PassageId).Score, 1e-6, found.PassageId);
        ranking.Select(found => found.PassageId).ShouldNotContain("r2"); // a Kazakh translation says nothing of a Russian passage
        ranking.Count.ShouldBe(6);
    }

    [Fact]
    public void Retrieve_Languages_OnlyThoseAreTranslatedInto()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new WordTranslator(new() { ["kk:河"] = "су", ["ru:河"] = "река" }, null, "kk", "ru");
        var retriever = new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator);

        var ranking = retriever.Retrieve([new Query("q", "河", "zh"), new Query("p", "вода", "ru")], new RetrievalOptions { Languages = ["ru", "de"], Depth = 1 }, Token);

        ranking[0].Select(found => found.PassageId).ShouldBe(["r1"]);
        ranking[1].Select(found => found.PassageId).ShouldBe(["r1"]);
        translator.Asked.ShouldBe(["河"]); // once, into Russian; the other query is Russian, and there is no German
        retriever.Untranslated.ShouldBe([("ru", "de"), ("zh", "de")]);
        retriever.Name.ShouldBe("bm25+words");
    }

    [Fact]
    public void Score_GivenPassages_AreTheScoresOfRetrieveToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new TableTranslator(Tables(folder), new SpaceAnalyzer(), 2);
        var retriever = new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator);
        var query = new Query("q", "河 的 城", "zh");
        var found = retriever.Retrieve([query], new RetrievalOptions(), Token)[0];

        var scores = retriever.Score(query, [.. Passages.Select(passage => passage.Id)], Token);

        for (var place = 0; place < Passages.Length; place++)
            scores[place].ShouldBe(found.Where(passage => passage.PassageId == Passages[place].Id).Select(passage => passage.Score).SingleOrDefault(), Passages[place].Id);
        found.Count.ShouldBe(6);
    }

    [Fact]
    public void Explain_Passage_PartsAreOfTheTranslationAndSumToTheScore()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new TableTranslator(Tables(folder), new SpaceAnalyzer(), 2);
        var retriever = new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator);
        var query = new Query("q", "河 城", "zh");

        var explanation = retriever.Explain(query, "k1", Token);

        explanation.Terms.Select(term => term.Term).ShouldBe(["өзен", "су", "қала"]);
        explanation.Terms[1].QueryWeight.ShouldBe(0.375, 1e-6);
        explanation.Score.ShouldBe(retriever.Retrieve([query], new RetrievalOptions(), Token)[0].Single(found => found.PassageId == "k1").Score, 1e-12);
        retriever.TranslationOf(query, "k1", Token)!.Text.ShouldBe("өзен су қала");
        retriever.TranslationOf(query, "z1", Token).ShouldBeNull();
    }

    [Fact]
    public void Retrieve_UnknownLanguageOfQuery_AsksForIt()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new WordTranslator([]);
        var retriever = new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator);

        Should.Throw<ConfigurationException>(() => retriever.Retrieve([new Query("q", "河", "und")], new RetrievalOptions(), Token)).Message.ShouldContain("--from");
    }

    [Fact]
    public void Retrieve_EmptyTranslation_NamesTheQuery()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new WordTranslator(new() { ["河"] = "" });
        var retriever = new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator);

        Should.Throw<DragomanException>(() => retriever.Retrieve([new Query("q7", "河", "zh")], new RetrievalOptions(), Token)).Message.ShouldBe("The translation of query q7 into de came back empty; change the query or leave it out.");
    }

    [Fact]
    public void Create_TermsOfAnotherAnalyzer_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        using var translator = new WordTranslator([], "kk-v1");

        Should.Throw<ConfigurationException>(() => new TranslatingRetriever(index, new Bm25Retriever(index, new SpaceAnalyzer()), translator)).Message.ShouldContain("terms of analyzer kk-v1");
    }

    private static Retrieval.FirstStage.Psq.TranslationFolder Tables(TemporaryFolder folder) => TinyTables.Write(folder["tables"], [], new()
    {
        [("zh", "kk")] = new() { ["河"] = [("өзен", 0.5f), ("су", 0.3f), ("көл", 0.2f)], ["城"] = [("қала", 1f)] },
        [("zh", "ru")] = new() { ["河"] = [("река", 1f)] },
    });
}
