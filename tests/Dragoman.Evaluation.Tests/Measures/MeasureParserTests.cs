using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests.Measures;

public sealed class MeasureParserTests
{
    [Theory]
    [InlineData("nDCG")]
    [InlineData("nDCG@10")]
    [InlineData("RR")]
    [InlineData("RR@1000")]
    [InlineData("AP")]
    [InlineData("AP@100")]
    [InlineData("P@5")]
    [InlineData("R@100")]
    [InlineData("Success@1")]
    [InlineData("Rprec")]
    [InlineData("Bpref")]
    [InlineData("IPrec@0.0")]
    [InlineData("IPrec@0.25")]
    [InlineData("IPrec@1.0")]
    [InlineData("SetP")]
    [InlineData("SetR")]
    [InlineData("SetF")]
    [InlineData("Judged@10")]
    [InlineData("NumQ")]
    [InlineData("NumRet")]
    [InlineData("NumRel")]
    [InlineData("NumRelRet")]
    public void Parse_Spelling_PrintsTheSame(string spelling) => MeasureParser.Parse(spelling).ToString().ShouldBe(spelling);

    [Theory]
    [InlineData("ndcg@10", "nDCG@10")]
    [InlineData("MRR@10", "RR@10")]
    [InlineData("MAP", "AP")]
    [InlineData("Recall@100", "R@100")]
    [InlineData("IPrec@.1", "IPrec@0.1")]
    public void Parse_OtherSpelling_PrintsTheUsualOne(string spelling, string usual) => MeasureParser.Parse(spelling).Name.ShouldBe(usual);

    [Fact]
    public void ParseAll_List_KeepsOrderAndDropsRepeats() => string.Join(' ', MeasureParser.ParseAll("R@5, nDCG@10  r@5 AP")).ShouldBe("R@5 nDCG@10 AP");

    [Theory]
    [InlineData("nDGC@10")]
    [InlineData("nDCG@0")]
    [InlineData("nDCG@-1")]
    [InlineData("nDCG@")]
    [InlineData("P")]
    [InlineData("AP@1.5")]
    [InlineData("IPrec@2")]
    public void Parse_Unknown_ListsTheKnown(string spelling) =>
        Should.Throw<ConfigurationException>(() => MeasureParser.Parse(spelling)).Message.ShouldBe(
            $"measures: \"{spelling}\" is not a measure; known are nDCG, nDCG@k, RR, RR@k, AP, AP@k, P@k, R@k, Success@k, Rprec, Bpref, IPrec@r, SetP, SetR, SetF, Judged@k, NumQ, NumRet, NumRel, NumRelRet (k a whole number from 1).");

    [Fact]
    public void ParseAll_TwoUnknown_NamesBoth() => Should.Throw<ConfigurationException>(() => MeasureParser.ParseAll("x AP y")).Problems.Count.ShouldBe(2);
}
