using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Transformer;

namespace Dragoman.Models.Tests.Encoders.Transformer;

public class SentenceModelFilesTests
{
    [Theory]
    [InlineData(Pooling.Mean)]
    [InlineData(Pooling.Cls)]
    public void Read_WhatWasWritten_IsTheSame(Pooling pooling)
    {
        using var folder = new TemporaryFolder();
        var model = new SentenceModel { Pooling = pooling, MaxLength = 96, QueryMaxLength = 32, QueryPrompt = "query: ", PassagePrompt = "passage: " };
        SentenceModelFiles.Write(model, 32, folder.Path);
        SentenceModelFiles.Read(folder.Path).ShouldBe(model);
    }

    [Fact]
    public void Read_NoSuchFiles_IsTheMeanOverTokens()
    {
        using var folder = new TemporaryFolder();
        SentenceModelFiles.Read(folder.Path).ShouldBe(new SentenceModel());
    }

    [Fact]
    public void Read_AsSentenceTransformersWritesIt_TakesDocumentForPassage()
    {
        using var folder = new TemporaryFolder();
        folder.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        folder.Write("1_Pooling/config.json", """{"word_embedding_dimension": 8, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false, "pooling_mode_lasttoken": false}""");
        folder.Write("sentence_bert_config.json", """{"max_seq_length": 128, "do_lower_case": false}""");
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "q: ", "document": "d: "}, "default_prompt_name": null}""");
        SentenceModelFiles.Read(folder.Path).ShouldBe(new SentenceModel { Pooling = Pooling.Cls, MaxLength = 128, QueryPrompt = "q: ", PassagePrompt = "d: " });
    }

    [Theory]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]""", "the model has a part 'sentence_transformers.models.Dense', which Dragoman lacks")]
    [InlineData("modules.json", """{"type": 1}""", "expected a JSON array, as sentence-transformers writes it.")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"}]""", "the file does not exist; modules.json names it.")]
    [InlineData("sentence_bert_config.json", "[", "expected a JSON object")]
    public void Read_UnknownOrDamaged_SaysSo(string file, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, text);
        Should.Throw<DataFormatException>(() => SentenceModelFiles.Read(folder.Path)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Read_SeveralPoolings_SaysWhichThereAre()
    {
        using var folder = new TemporaryFolder();
        SentenceModelFiles.Write(new SentenceModel(), 8, folder.Path);
        folder.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "pooling_mode_max_tokens": true}""");
        Should.Throw<DataFormatException>(() => SentenceModelFiles.Read(folder.Path)).Message.ShouldContain("the pooling is pooling_mode_cls_token and pooling_mode_max_tokens; Dragoman has");
    }
}
