using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class PassageStoreTests
{
    // As often as it takes until places among the ids are kept in memory, and on. In UTF-16 U+1F600 comes before U+FFFD, in UTF-8 behind it.
    [Theory]
    [InlineData("a", "B", "Я", "字", "a1", "a10", "a2")]
    [InlineData("a", "\U0001F600", "\uFFFD", "\uE000x", "字", "\U0001F600\uFFFD", "\uFFFD\U0001F600")]
    public void CompareIds_AskedManyTimes_IsTheOrdinalOrderEveryTime(params string[] ids)
    {
        using var folder = new TemporaryFolder();
        IndexBuilder.Build(ids.Select(id => new Passage(id, "", "text", "und")), folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer() }, cancellationToken: TestContext.Current.CancellationToken);
        using var index = SearchIndex.Open(folder["index"]);
        for (var round = 0; round < 3; round++)
        {
            foreach (var left in ids)
            {
                foreach (var right in ids) Math.Sign(index.Passages.CompareIds(Ordinal(left), Ordinal(right))).ShouldBe(Math.Sign(string.CompareOrdinal(left, right)), $"{left} {right}");
            }
        }

        int Ordinal(string id) => index.Passages.TryFind(id, out var ordinal) ? ordinal : throw new KeyNotFoundException(id);
    }
}
