using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats.Trec;

public sealed class MarkupTopicsTests : IDisposable
{
    private const string Classic = """
        <top>
        <head> Tipster Topic Description
        <num> Number:  051
        <title> Topic:  AT&T & the
          phone
        <desc> Description:
        Prices, 3 < 4,
        and so on.
        <smry> Summary:
        not kept
        <narr> Narrative:
        A relevant <b>document</b>.
        <con> Concept(s):
        1. phone
        </top>

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private List<Topic> Read(string content) => [.. TopicsFile.Read(_folder.Write("topics", content))];

    [Fact]
    public void Read_ClassicSgml_JoinsLinesAndDropsLabels()
    {
        var topic = Read(Classic).ShouldHaveSingleItem();
        topic.Id.ShouldBe("51");
        topic.Texts.ShouldBe([new TopicText("und", "", "AT&T & the phone", "Prices, 3 < 4, and so on.", "A relevant <b>document</b>.")]);
    }

    [Fact]
    public void Read_EndTagsOnOneLine_AreTheSameTopic() =>
        Read("<top><num>C041</num><EN-title>a &amp; b</EN-title><EN-desc>c</EN-desc></top>").Single().Texts.ShouldBe([new TopicText("en", "", "a & b", "c", "")]);

    [Fact]
    public void Read_WebTrackXml_TakesQueryAndDescriptionOfTheTopicOnly()
    {
        var topics = Read("""
            <?xml version="1.0"?>
            <!DOCTYPE webtrack2012 [
              <!ELEMENT topic (query, description, subtopic+)>
            ]>
            <webtrack2012>
            <!-- a <topic number="9"> in a
                 comment -->
            <topic number="151"
                   type="faceted">
              <query>403b</query>
              <description>
                What is it?
              </description>
              <subtopic number="1" type="inf"> not kept </subtopic>
            </topic>
            </webtrack2012>
            """);
        topics.ShouldHaveSingleItem().Id.ShouldBe("151");
        topics[0].Texts.ShouldBe([new TopicText("und", "", "403b", "What is it?", "")]);
    }

    [Fact]
    public void Read_CovidXml_TakesQuestionAndNarrative() =>
        Read("<topics><topic number='1'><query>a</query><question>b</question><narrative>c</narrative></topic></topics>").Single().Texts.ShouldBe([new TopicText("und", "", "a", "b", "c")]);

    [Fact]
    public void Queries_FieldsChosen_AreJoinedInTheirOrder()
    {
        var path = _folder.Write("topics", Classic);
        QueriesFile.Read(path, new QueryOptions { Language = "en", TopicFields = [TopicField.Narrative, TopicField.Title] }).ShouldBe([new Query("51", "A relevant <b>document</b>. AT&T & the phone", "en")]);
    }

    [Theory]
    [InlineData("<top>\n<num> 1\n<title> a\n", "line 3: the file ends within topic 1; is it truncated?")]
    [InlineData("<top>\n<title> a\n</top>\n", "line 3: the id is empty; every passage and query needs one.")]
    [InlineData("<top>\n<num> 1\n</top>\n<top>\n<num> 1\n</top>", "line 6: the topic id 1 is already on line 3; ids must be unique.")]
    [InlineData("<html>\n</html>", ": there are no topics; expected <top> or <topic> elements, or lines like ")]
    public void Read_Malformed_SaysWhere(string content, string problem) => Should.Throw<DataFormatException>(() => Read(content)).Message.ShouldContain(problem);

    [Fact]
    public void Queries_FieldMissing_NamesTheTopic()
    {
        var path = _folder.Write("topics", "<top>\n<num> 7\n<title> a\n</top>\n");
        Should.Throw<DataFormatException>(() => QueriesFile.Read(path, new QueryOptions { TopicFields = [TopicField.Description, TopicField.Narrative] }).ToList()).Message
            .ShouldBe($"{path}, line 4: topic 7 has no description and no narrative in und; choose other fields.");
    }
}
