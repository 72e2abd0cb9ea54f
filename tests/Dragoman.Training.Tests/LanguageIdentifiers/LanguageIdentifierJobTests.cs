using Dragoman.Collections.Errors;
using Dragoman.Text.Languages.Identification;
using Dragoman.Training.Jobs;
using Dragoman.Training.LanguageIdentifiers;

namespace Dragoman.Training.Tests.LanguageIdentifiers;

public sealed class LanguageIdentifierJobTests : IDisposable
{
    private static readonly string[] Subjects = ["the old camel|верблюд|түйе", "a caravan|караван|керуен", "the river|река|өзен", "a merchant|купец|саудагер", "the city|город|қала", "our horse|наша лошадь|біздің ат"];
    private static readonly string[] Verbs = ["crosses the desert|идёт через пустыню|шөлден өтеді", "waits at the well|ждёт у колодца|құдық басында күтеді", "carries silk|везёт шёлк|жібек тасиды", "is far away|далеко отсюда|алыста жатыр"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TinyTexts_WritesAModelThatKnowsHeldOutOnes()
    {
        var measures = Train("model");
        ((double)measures["rows"]!["accuracy"]!["3-5"]!).ShouldBeGreaterThan(0.9);
        var identifier = LanguageIdentifier.Load(_folder["model"]);
        identifier.Identify("керуен алыста").Language.ShouldBe("kk");
        identifier.Languages.ShouldContain("kk-Latn");
        File.Exists(_folder["model/measures.json"]).ShouldBeTrue();
    }

    [Fact]
    public void Run_Twice_GivesTheSameBytes()
    {
        Train("first");
        Train("second", threads: 3);
        File.ReadAllBytes(_folder["first/model.bin"]).ShouldBe(File.ReadAllBytes(_folder["second/model.bin"]));
        File.ReadAllText(_folder["first/measures.json"]).ShouldBe(File.ReadAllText(_folder["second/measures.json"]));
    }

    [Fact]
    public void Run_HeldOutTexts_AreWrittenWhereAsked()
    {
        Train("model", $"held_out_texts: {_folder["held-out.tsv"]}");
        var texts = LabelledText.Read(_folder["held-out.tsv"]).ToList();
        texts.ShouldContain(text => text.Language == "kk-Arab");
        texts.ShouldAllBe(text => text.Source == "rows");
        File.ReadAllText(_folder["model/training.json"]).ShouldNotContain("held-out.tsv");
    }

    [Theory]
    [InlineData("model: {order: 9}", "order is 9; use 2 to 5.")]
    [InlineData("model: {ngrams: 0}", "ngrams is 0; use 1 or more.")]
    [InlineData("sourcs: []", "Did you mean sources?")]
    public void Open_BadConfiguration_TellsIt(string line, string problem)
    {
        Rows();
        Should.Throw<ConfigurationException>(() => TrainingTasks.Open(Configuration(line))).Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("Қазақстан Республикасы", "qazaqstan respublikasy")]
    [InlineData("Түйе мен аң, шөл!", "tüie men añ, şöl!")]
    public void ToLatin_Cyrillic_FollowsThe2021Alphabet(string cyrillic, string latin) => KazakhTransliteration.ToLatin(cyrillic).ShouldBe(latin);

    [Theory]
    [InlineData("қазақ", "قازاق")]
    [InlineData("шөл", "ءشول")]                                       // front vowel: hamza
    [InlineData("керуен", "كەرۋەن")]                                  // к and е say so already
    public void ToArabic_Cyrillic_MarksFrontWords(string cyrillic, string arabic) => KazakhTransliteration.ToArabic(cyrillic).ShouldBe(arabic);

    [Theory]
    [InlineData("one", 1, 0)]
    [InlineData("12 camels and 3 horses", 3, 1)]
    [InlineData("丝绸之路", 2, 0)]
    [InlineData("ผ้าไหม", 2, 0)]
    [InlineData("a b c d e f", 6, 2)]
    public void Words_Text_CountsAsABucketNeeds(string text, int words, int bucket) => (TextLength.Words(text), TextLength.BucketOf(text)).ShouldBe((words, bucket));

    private System.Text.Json.Nodes.JsonObject Train(string output, string line = "seed: 1", int threads = 1)
    {
        Rows();
        var (job, _) = TrainingTasks.Open(Configuration(line));
        using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
        return job.Run(new TrainingContext(_folder[output], threads, false, log, TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private string Configuration(string line) => _folder.Write("train.yaml", $$"""
        task: language-identifier
        name: tiny
        sources:
          - {path: rows.jsonl, hold_out_one_in: 6}
        {{line}}
        """ + "\n");

    private void Rows() => _folder.Write("rows.jsonl", string.Concat(
        from subject in Subjects.Select(subject => subject.Split('|'))
        from verb in Verbs.Select(verb => verb.Split('|'))
        select $$"""{"en":"{{subject[0]}} {{verb[0]}}","ru":"{{subject[1]}} {{verb[1]}}","kk":"{{subject[2]}} {{verb[2]}}"}""" + "\n"));
}
