using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class WrittenTermsTests
{
    [Fact]
    public void Analyze_Terms_StayAsTheyAre()
    {
        var terms = new List<string>();

        new WrittenTerms("kk-v1").Analyze("Runs\nдомов  骆驼 won't", "zh", terms);

        terms.ShouldBe(["Runs", "домов", "骆驼", "won't"]);
        new WrittenTerms("kk-v1").Identity.ShouldBe("kk-v1");
    }
}
