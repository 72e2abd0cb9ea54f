using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Xquad;

namespace Dragoman.Collections.Tests.Formats.Xquad;

public sealed class XquadCollectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TwoLanguages_JoinsByQuestionId()
    {
        _folder.Write("xquad.zh.json", File(("甲", "a", "问一"), ("乙", "b", "问二")));
        _folder.Write("xquad.ru.json.gz", Gzipped.Bytes(File(("А", "a", "один"), ("Б", "b", "два"))));

        var set = XquadCollection.Read(_folder.Path, "zh", "ru");

        set.Passages.ShouldBe([new("xquad-ru-00-00", "", "А", "ru"), new("xquad-ru-00-01", "", "Б", "ru")]);
        set.Queries.ShouldBe([new("xquad-zh-a", "问一", "zh"), new("xquad-zh-b", "问二", "zh")]);
        set.Qrels["train"].Judgements("xquad-zh-b").ShouldBe([new("xquad-ru-00-01", 1)]);
    }

    [Fact]
    public void Read_RepeatedParagraph_IsOnePassage()
    {
        _folder.Write("xquad.en.json", File(("same", "a", "one?"), ("same", "b", "two?")));

        var set = XquadCollection.Read(_folder.Path, "en", "en");

        set.Passages.Count.ShouldBe(1);
        set.Qrels["train"].Judgements("xquad-en-b").ShouldBe([new("xquad-en-00-00", 1)]);
    }

    [Fact]
    public void Read_MissingField_NamesItsPlace()
    {
        var path = _folder.Write("xquad.en.json", """{"data": [{"paragraphs": [{"context": "c", "qas": [{"id": "a"}]}]}]}""");

        Should.Throw<DataFormatException>(() => XquadCollection.Read(_folder.Path, "en", "en")).Message
            .ShouldBe($"{path}: data[0].paragraphs[0].qas[0].question is missing or not a string; expected SQuAD's layout (data, paragraphs, context, qas, id, question).");
    }

    [Fact]
    public void Read_Truncated_NamesTheLine()
    {
        var path = _folder.Write("xquad.en.json", "{\"data\":\n[{\"paragraphs\":\n");

        var failure = Should.Throw<DataFormatException>(() => XquadCollection.Read(_folder.Path, "en", "en"));

        failure.Message.ShouldStartWith($"{path}, line 3: not valid JSON (");
        failure.Message.ShouldEndWith("). Is the file truncated?");
    }

    [Fact]
    public void Read_HalfASurrogateInAFieldName_IsRefused()
    {
        var path = _folder.Write("xquad.en.json", """{"data": [{"paragraphs": [{"context": "c", "q\ud800as": []}]}]}""");

        Should.Throw<DataFormatException>(() => XquadCollection.Read(_folder.Path, "en", "en")).Message
            .ShouldBe($"{path}: the name of a field is not valid Unicode; get the file again.");
    }

    [Fact]
    public void Read_MissingLanguage_ListsTheOthers()
    {
        _folder.Write("xquad.en.json", File(("c", "a", "q?")));
        _folder.Write("xquad.de.json.gz", "");

        Should.Throw<DragomanException>(() => XquadCollection.Read(_folder.Path, "kk", "en")).Message
            .ShouldBe($"{_folder["xquad.kk.json"]} does not exist; the languages there are de, en.");
    }

    [Fact]
    public void Read_SharedSet_JudgesEveryQuestionOnce()
    {
        var folder = TestPaths.Data("xquad");

        var set = XquadCollection.Read(folder, "zh", "ru");

        set.Passages.Count.ShouldBe(240);
        set.Queries.Count.ShouldBe(1190);
        set.Qrels.Values.Sum(qrels => qrels.JudgementCount).ShouldBe(1190);
        set.Qrels.Keys.ShouldBe(["train", "dev", "test"]);
        var relevant = set.Qrels.Values.Select(qrels => qrels.QueryIds.SelectMany(id => qrels.Judgements(id)).Select(judgement => judgement.PassageId).ToHashSet()).ToList();
        relevant[0].Overlaps(relevant[1]).ShouldBeFalse();
        relevant[1].Overlaps(relevant[2]).ShouldBeFalse();
    }

    private static string File(params (string Context, string Id, string Question)[] paragraphs)
    {
        var items = paragraphs.Select(paragraph => $$"""{"context": "{{paragraph.Context}}", "qas": [{"id": "{{paragraph.Id}}", "question": "{{paragraph.Question}}", "answers": []}]}""");
        return $$"""{"version": "1.1", "data": [{"title": "t", "paragraphs": [{{string.Join(", ", items)}}]}]}""";
    }
}
