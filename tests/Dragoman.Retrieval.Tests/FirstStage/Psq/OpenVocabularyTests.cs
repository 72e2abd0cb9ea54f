using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.FirstStage.Psq;

public class OpenVocabularyTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, Dictionary<string, long>> Counts = new() { ["en"] = new() { ["river"] = 8, ["govern"] = 3 } };

    private static readonly Dictionary<(string From, string To), Dictionary<string, (string, float)[]>> Tables = new()
    {
        [("ru", "en")] = new() { ["река"] = [("river", 1f)], ["правительств"] = [("govern", 0.8f), ("state", 0.2f)], ["правительниц"] = [("queen", 1f)] },
        [("en", "ru")] = new() { ["river"] = [("река", 1f)] },
    };

    private static readonly Passage[] Passages =
    [
        new("name", "", "тесла изобретатель", "ru"),
        new("table", "", "река течет", "ru"),
        new("near", "", "правительственн здание", "ru"),
        new("digits", "", "река1945 дом", "ru"),
        new("arabic", "", "تسلا شكسبير", "ar"),
        new("own", "", "teslas river", "en"),
    ];

    [Theory]
    [InlineData(PsqModel.Hmm)]
    [InlineData(PsqModel.Bm25)]
    public void Retrieve_NameInAnotherScript_IsFoundAndExplained(PsqModel model)
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);
        var query = new Query("q", "tesla", "en");
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Model = model });

        var ranking = retriever.Retrieve([query], new RetrievalOptions(), Token)[0];

        ranking.Select(found => found.PassageId).ShouldBe(["name"]);
        var explanation = retriever.Explain(query, "name", new RetrievalOptions());
        explanation.Score.ShouldBe(ranking[0].Score, 1e-9);
        explanation.Terms.Single().Matches.ShouldBe([new PsqMatch("тесла", 0.1, 1, PsqMatchKind.Transliteration)]);
        new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Model = model, Transliteration = 0 }).Retrieve([query], new RetrievalOptions(), Token)[0].ShouldBeEmpty();
    }

    [Fact]
    public void Retrieve_LanguageWithoutTable_FindsNamesThatSoundAlike()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, Tables));

        retriever.Retrieve([new Query("q", "shakespeare", "en")], new RetrievalOptions(), Token)[0].Select(found => found.PassageId).ShouldBe(["arabic"]);
    }

    [Fact]
    public void Retrieve_TermWithoutRow_HasTheRowsThatBeginAlike()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);
        var query = new Query("q", "govern queen river", "en");
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), tables);

        var terms = retriever.Explain(query, "near", new RetrievalOptions()).Terms;

        // правительств shares twelve letters of fifteen, правительниц ten: only the nearest speaks.
        var match = terms[0].Matches.Single();
        match.ShouldBe(new PsqMatch("правительственн", match.Probability, 1, PsqMatchKind.BackOff));
        match.Probability.ShouldBe(0.3 * 0.8, 1e-6);
        terms[1].Matches.ShouldBeEmpty();
        retriever.Retrieve([query], new RetrievalOptions(), Token)[0].Select(found => found.PassageId).Order(StringComparer.Ordinal).ShouldBe(["near", "own", "table"]);
        new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { BackOff = 0 }).Explain(query, "near", new RetrievalOptions()).Score.ShouldBe(0);
    }

    [Fact]
    public void Retrieve_WeightsOfTheIndex_GiveTheScoresOfQueryTime()
    {
        using var folder = new TemporaryFolder();
        var tables = TinyTables.Write(folder["tables"], Counts, new(Tables) { [("ru", "en")] = new(Tables[("ru", "en")]) { ["нева"] = [("neva", 0.05f), ("river", 0.95f)], ["невск"] = [("nevski", 1f)] } });
        Passage[] passages = [.. Passages, new Passage("both", "", "tesla тесла невский река", "ru"), new Passage("neva", "", "нева неваа rivera", "ru")];
        using var index = StoredPsqTests.Build(folder["index"], passages, new PsqWeigher(tables, ["en"]));
        var stored = new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Scoring = PsqScoring.Index });
        var computed = new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Scoring = PsqScoring.Query });
        string[] texts = ["tesla", "govern", "river neva", "nevski govern queen", "shakespeare river", "tesla river govern", "rivera neva"];

        foreach (var text in texts)
        {
            Query[] query = [new("q", text, "en")];
            var (found, expected) = (stored.Retrieve(query, new RetrievalOptions(), Token)[0], computed.Retrieve(query, new RetrievalOptions(), Token)[0]);
            found.Select(passage => passage.PassageId).Order(StringComparer.Ordinal).ShouldBe(expected.Select(passage => passage.PassageId).Order(StringComparer.Ordinal), text);
            expected.ShouldNotBeEmpty(text);
            foreach (var passage in found) passage.Score.ShouldBe(expected.Single(other => other.PassageId == passage.PassageId).Score, 1e-6, $"{text}: {passage.PassageId}");
        }
        stored.WhyAtQueryTime("en").ShouldBeNull();
        new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { BackOff = 0.5 }).WhyAtQueryTime("en").ShouldBe("the back-off is 0.3 in them, not 0.5");
        new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Transliteration = 0 }).WhyAtQueryTime("en").ShouldBe("the transliteration is 0.1 in them, not 0");
    }

    [Fact]
    public void Explain_TermKnownToTheTable_KeepsTheGreaterProbability()
    {
        using var folder = new TemporaryFolder();
        Passage[] passages = [new("p", "", "тесла", "ru")];
        using var index = RandomCollection.Index(folder["index"], passages);
        Dictionary<(string, string), Dictionary<string, (string, float)[]>> known = new() { [("ru", "en")] = new() { ["тесла"] = [("tesla", 0.9f), ("car", 0.1f)] } };
        var retriever = new PsqRetriever(index, new SpaceAnalyzer(), TinyTables.Write(folder["tables"], Counts, known));

        var match = retriever.Explain(new Query("q", "tesla", "en"), "p", new RetrievalOptions()).Terms[0].Matches.Single();

        (match.Kind, Math.Round(match.Probability, 6)).ShouldBe((PsqMatchKind.Table, 0.9));
    }

    [Fact]
    public void NearestRows_SeveralAlike_AllSpeakAndLongerOnesDoNot()
    {
        var builder = new TranslationTableBuilder();
        foreach (var term in new[] { "haus", "hausen", "hausern", "hausgemeinschaften", "regier", "regieru" }) builder.Add(term, [new Translation("x", 1)]);
        var rows = new NearestRows(builder.Build());

        rows.Of("hause").ToArray().ShouldBe(["hausen", "hausern"]);
        rows.Of("hausx").ToArray().ShouldBe(["haus"]);
        rows.Of("regiert").ToArray().ShouldBe(["regier", "regieru"]);
        rows.Of("haus").ToArray().ShouldBeEmpty();
        rows.Of("hau").ToArray().ShouldBeEmpty();
        rows.Of("haus19").ToArray().ShouldBeEmpty();
        rows.Of("zzzzzz").ToArray().ShouldBeEmpty();
        rows.Of("haus\uD83D").ToArray().ShouldBe(["haus"]);
    }

    [Fact]
    public void Create_ProbabilitiesOutOfRange_TellsThemTogether()
    {
        using var folder = new TemporaryFolder();
        using var index = RandomCollection.Index(folder["index"], Passages);
        var tables = TinyTables.Write(folder["tables"], Counts, Tables);

        Should.Throw<ConfigurationException>(() => new PsqRetriever(index, new SpaceAnalyzer(), tables, new PsqOptions { Transliteration = -1, BackOff = double.NaN })).Problems.Count.ShouldBe(2);
    }
}
