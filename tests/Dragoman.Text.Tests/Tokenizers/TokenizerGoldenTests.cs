using System.Text.Json;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

/// <summary>Token-for-token equality with transformers 2.7.0 and SentencePiece 0.1.97.</summary>
public sealed class TokenizerGoldenTests
{
    [Theory]
    [InlineData("bert-tiny", 107)]
    [InlineData("xlmr-tiny", 106)]
    public void Tokenize_GoldenTexts_EqualReference(string model, int texts)
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture(model));
        var golden = Golden(model).GetProperty("single").EnumerateArray().ToList();
        golden.Count.ShouldBe(texts);
        foreach (var item in golden)
        {
            var text = item.GetProperty("text").GetString()!;
            var tokens = tokenizer.Tokenize(text);
            var encoded = tokenizer.Encode(text);
            tokens.Tokens.ShouldBe(item.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!), text);
            encoded.Ids.ShouldBe(Integers(item, "ids"), text);
            encoded.FirstTokens.ShouldBe(tokens.Ids.Count);
            encoded.AttentionMask.ShouldAllBe(mask => mask == 1);
        }
    }

    [Theory]
    [InlineData("bert-tiny", 12)]
    [InlineData("xlmr-tiny", 6)]
    public void EncodePair_GoldenPairs_EqualReferenceUnderBothTruncationRules(string model, int pairs)
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture(model));
        var golden = Golden(model).GetProperty("pairs").EnumerateArray().ToList();
        golden.Count.ShouldBe(pairs);
        foreach (var item in golden)
        {
            var rule = item.GetProperty("truncation").GetString() switch
            {
                "longest_first" => Truncation.LongestFirst,
                "only_second" => Truncation.OnlySecond,
                var other => throw new InvalidOperationException(other),
            };
            var encoded = tokenizer.EncodePair(item.GetProperty("a").GetString()!, item.GetProperty("b").GetString()!, item.GetProperty("max_length").GetInt32(), rule);
            encoded.Ids.ShouldBe(Integers(item, "input_ids"));
            encoded.TypeIds.ShouldBe(item.TryGetProperty("token_type_ids", out _) ? Integers(item, "token_type_ids") : new int[encoded.Ids.Length]);
        }
    }

    [Theory]
    [InlineData("bert-tiny", 1574, 0, 20, 128)]
    [InlineData("xlmr-tiny", 1102, 1, 3, 128)]
    public void FromFolder_GoldenModels_FitTheirConfig(string model, int vocabularySize, int padId, int unknownId, int maxLength)
    {
        var tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture(model));
        tokenizer.VocabularySize.ShouldBe(vocabularySize);
        tokenizer.PadId.ShouldBe(padId);
        tokenizer.UnknownId.ShouldBe(unknownId);
        tokenizer.MaxLength.ShouldBe(maxLength);
    }

    private static JsonElement Golden(string model) => JsonDocument.Parse(File.ReadAllText(TestPaths.Fixture(model, "tokenizer.golden.json"))).RootElement;

    private static int[] Integers(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
