using Dragoman.Collections;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class QueryTopicsTests
{
    [Fact]
    public void Topics_TranslationsAndCopies_AreOneAndOthersAreNot()
    {
        var topics = new QueryTopics(
        [
            new Query("zh-history-q01", "商人", "zh"), new Query("kk-history-q01", "саудагер", "kk"), new Query("en-history-q01", "traders", "en"),
            new Query("q7.zh-Hans", "骆驼", "zh-Hans"), new Query("q7.kk", "түйе", "kk"),
            new Query("a", "Red  Cat", "en"), new Query("b", "ｒｅｄ cat", "en"),
            new Query("c", "red dog", "en"), new Query("zh-history-q02", "水", "zh"), new Query("kkhistory", "су", "kk"),
            new Query("d", "TRADERS", "en"),                                                          // a copy of one language's joins the topic
        ]);
        string[] Together(params string[] ids) => [.. ids.Select(id => topics[id]).Distinct()];
        Together("zh-history-q01", "kk-history-q01", "en-history-q01", "d").Length.ShouldBe(1);
        Together("q7.zh-Hans", "q7.kk").Length.ShouldBe(1);
        Together("a", "b").Length.ShouldBe(1);
        Together("zh-history-q01", "q7.kk", "a", "c", "zh-history-q02", "kkhistory").Length.ShouldBe(6);
    }

    [Fact]
    public void Topics_AnyOrder_AreTheSame()
    {
        var random = new Random(2);
        var queries = Enumerable.Range(0, 60).Select(number => new Query($"{(number % 2 == 0 ? "en" : "kk")}-{number / 2 % 20}", $"text {random.Next(25)}", number % 2 == 0 ? "en" : "kk")).DistinctBy(query => query.Id).ToArray();
        var topics = new QueryTopics(queries);
        random.Shuffle(queries);
        var shuffled = new QueryTopics(queries);
        queries.ShouldAllBe(query => topics[query.Id] == shuffled[query.Id]);
    }
}
