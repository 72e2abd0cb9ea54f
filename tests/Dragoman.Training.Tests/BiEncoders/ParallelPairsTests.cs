using Dragoman.Collections.Errors;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.Tests.BiEncoders;

public sealed class ParallelPairsTests
{
    private const string Rows = """
        {"_id": "a", "en": "Open", "de": "Öffnen", "kk": "Ашу"}
        {"_id": "b", "en": "Unlock", "de": "Öffnen", "ru": "Разблокировать"}
        {"_id": "c", "en": "A cat sleeps.", "de": "Eine Katze schläft."}
        {"_id": "d", "en": "A dog barks.", "fr": "Un chien aboie."}
        {"_id": "e", "en": "Close", "de": "Schließen"}
        {"_id": "f", "en": "close ", "kk": "Жабу"}
        """;

    private static ParallelPairs Read(TemporaryFolder folder, int? holdOutFrom = null, double passages = 0, string[]? languages = null, params (string, string)[] dev) =>
        new(new ParallelPairSettings
        {
            Sources = [new ParallelSource(folder.Write("rows.jsonl", Rows + "\n"), ParallelFormat.Parallel, 1, Running: true, holdOutFrom)],
            Pairs = 200,
            Languages = languages ?? [],
            PassageShare = passages,
            DevPairs = dev,
        }, seed: 3);

    [Fact]
    public void Draw_Epochs_DifferAndFollowFromTheSeed()
    {
        using var folder = new TemporaryFolder();
        static string[] Ids(ParallelPairs pairs, int epoch) => [.. pairs.Draw(epoch).Select(group => group.Query.Id + " " + group.Positive.Id)];
        var (first, again) = (Read(folder), Read(folder));
        Ids(first, 1).ShouldBe(Ids(again, 1));
        Ids(first, 1).ShouldNotBe(Ids(first, 2));
        first.Draw(1).Count.ShouldBe(200);
        first.Draw(1).ShouldAllBe(group => group.Query.Language != group.Positive.Language && group.Query.Id[0] == group.Positive.Id[0]);
        Ids(first, 1).Select(pair => pair[0]).Distinct().Order().ShouldBe(['a', 'b', 'c', 'd', 'e', 'f']);
    }

    [Fact]
    public void Draw_OnlySomeLanguages_RowsWithTwoOfThemRemain()
    {
        using var folder = new TemporaryFolder();
        var pairs = Read(folder, languages: ["de", "en"]);
        pairs.Rows.ShouldBe(4);                                                            // d and f have one of them
        pairs.Draw(1).SelectMany(group => new[] { group.Query.Language, group.Positive.Language }).Distinct().Order().ShouldBe(["de", "en"]);
        Should.Throw<DragomanException>(() => Read(folder, languages: ["zh", "ar"])).Message.ShouldContain("zh, ar");
    }

    [Fact]
    public void AreAlike_RowsThatShareAText_AreNoNegatives()
    {
        using var folder = new TemporaryFolder();
        var pairs = Read(folder);
        pairs.AreAlike("a/en", "a/kk").ShouldBeTrue();
        pairs.AreAlike("a/en", "b/ru").ShouldBeTrue();                                     // both are Öffnen
        pairs.AreAlike("e/de", "f/kk").ShouldBeTrue();                                     // case and space do not count
        pairs.AreAlike("a/en", "c/de").ShouldBeFalse();
    }

    [Fact]
    public void Draw_Passages_GoOnWithWhatFollowsInTheirLanguage()
    {
        using var folder = new TemporaryFolder();
        var texts = Read(folder, passages: 1).Draw(1).Where(group => group.Positive.Id == "a/en").Select(group => group.Positive.Text).ToHashSet();
        texts.ShouldContain("Open Unlock");
        texts.ShouldContain("Open Unlock A cat sleeps.");
        texts.ShouldAllBe(text => text.StartsWith("Open Unlock", StringComparison.Ordinal));
        Read(folder).Draw(1).Where(group => group.Positive.Id == "a/en").ShouldAllBe(group => group.Positive.Text == "Open");
    }

    [Fact]
    public void HeldOut_RowsAndWhatSharesTheirTexts_AreNotTrainedOn()
    {
        using var folder = new TemporaryFolder();
        var pairs = Read(folder, holdOutFrom: 4, dev: [("en", "de"), ("en", "kk")]);
        pairs.Rows.ShouldBe(4);
        var dev = pairs.HeldOut().ShouldNotBeNull();
        dev.Queries.Keys.Order(StringComparer.Ordinal).ShouldBe(["0/en>de", "1/en>kk"]);
        dev.Passages["1/kk"].Text.ShouldBe("Жабу");
        dev.Qrels.Grade("0/en>de", "0/de").ShouldBe(1);
        Should.Throw<DragomanException>(() => Read(folder, holdOutFrom: 4, dev: ("zh", "ar")).HeldOut()).Message.ShouldContain("2 rows held out");
        Should.Throw<DragomanException>(() => Read(folder, holdOutFrom: 4, dev: [("en", "kk"), ("fr", "kk")]).HeldOut()).Message.ShouldContain("both languages of fr > kk;");
        Read(folder, holdOutFrom: 5, dev: ("en", "kk")).Excluded.ShouldBe(1);              // e shares close with f
    }
}
