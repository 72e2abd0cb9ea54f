using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.MsMarco;

namespace Dragoman.Collections.Tests.Formats.MsMarco;

public sealed class MsMarcoTriplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_WrittenAndRead_AreTheSame()
    {
        IdTriple[] triples = [new("662731", "193249", "2975302"), new("1", "2", "3")];
        MsMarcoTriples.Write(_folder["t.tsv.gz"], triples);
        MsMarcoTriples.ReadIds(_folder["t.tsv.gz"]).ShouldBe(triples);
    }

    [Fact]
    public void Texts_WrittenAndRead_AreTheSame()
    {
        MsMarcoTriples.Write(_folder["t.tsv"], [new TextTriple("what is it", "it is\ta\nthing", "no")]);
        MsMarcoTriples.ReadTexts(_folder["t.tsv"]).ShouldBe([new TextTriple("what is it", "it is a thing", "no")]);
        var path = _folder.Write("broken.tsv", "q\u00c3\u00a9\tp\tn");
        MsMarcoTriples.ReadTexts(path, repairEncoding: true).ShouldBe([new TextTriple("qé", "p", "n")]);
    }

    [Theory]
    [InlineData("1\t2\n", "line 1: 2 columns, expected 3 (query, positive text, negative text) separated by tabs. Is the file truncated?")]
    [InlineData("1\t \t3\n", "line 1: column 2 is empty; expected query, positive text and negative text.")]
    [InlineData("", ": there are no triples; expected lines of query, positive and negative, separated by tabs.")]
    public void Texts_Malformed_SaysWhere(string content, string problem) =>
        Should.Throw<DataFormatException>(() => MsMarcoTriples.ReadTexts(_folder.Write("t.tsv", content)).ToList()).Message.ShouldEndWith(problem);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("caf\u00e9 \u00c2\u00b0", "caf\u00e9 °")]
    [InlineData("\u00f0\u009f\u0098\u0080\u00e2\u0082\u00ac", "😀€")]
    [InlineData("\u00e2\u0080", "\u00e2\u0080")]
    [InlineData("\u00e2\u00c3\u00a9", "\u00e2\u00e9")]
    [InlineData("", "")]
    public void Repair_Text_OnlyDoublyEncodedPartsChange(string text, string repaired) => DoubleEncoding.Repair(text).ShouldBe(repaired);
}
