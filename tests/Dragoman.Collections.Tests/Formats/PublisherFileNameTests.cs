using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats;

public sealed class PublisherFileNameTests
{
    [Theory]
    [InlineData("zh.kk.train.base.jl.gz", "zh", "kk", "train")]
    [InlineData("BI-139/full/zh/zh.kk.test2.jl.gz", "zh", "kk", "test2")]
    [InlineData("zh_kk.dev.jl.gz", "zh", "kk", "dev")]
    [InlineData("DOCS/kk.tsv.gz", null, "kk", null)]
    [InlineData("topics.africlirmatrix-v1.0.en.amh.tsv", "en", "am", null)]
    [InlineData("topics.miracl-v1.0-zh-dev.tsv", "zh", "zh", "dev")]
    [InlineData("miracl-corpus-v1.0-kk/docs-0.jsonl.gz", "kk", "kk", null)]
    [InlineData("topics.ciral-v1.0-sw-test-a.tsv", "en", "sw", "test-a")]
    [InlineData("topics.ciral-v1.0-sw-dev-native.tsv", "sw", "sw", "dev")]
    [InlineData("qrels.mrtydi-v1.1-ko.test.txt", null, null, "test")]
    [InlineData("mrtydi-v1.1-korean.tar.gz", "ko", "ko", null)]
    [InlineData("mrtydi-v1.1-combined.tar.gz", null, null, null)]
    [InlineData("rus-00000-of-00001.jsonl.gz", null, "ru", null)]
    [InlineData("chinese_queries.dev.tsv", "zh", "zh", "dev")]
    [InlineData("kazqad-qrels-v1.0-validation.tsv", null, null, "validation")]
    [InlineData("contest.tsv", null, null, null)]
    [InlineData("queries.tsv", null, null, null)]
    public void Read_Name_TellsLanguagesAndSplit(string path, string? query, string? document, string? split) =>
        PublisherFileName.Read(path).ShouldBe(new PublisherFileName(query, document, split));
}
