using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

/// <summary>Real vocabularies over the whole parallel set.</summary>
[Trait("Speed", "Slow")]
public sealed class RealVocabularyTests(ITestOutputHelper output)
{
    private static readonly UTF8Encoding Utf8 = new(false);

    [Theory]
    [InlineData("xlnet-base-cased")]
    [InlineData("laser50k")]
    public async Task Tokenize_ParallelSet_EqualsSpmEncodeLineByLine(string vocabulary)
    {
        var (folder, parallel) = (TestPaths.Data("vocab", vocabulary), TestPaths.Data("parallel"));
        using var reference = StartSpmEncode(Directory.GetFiles(folder, "*.model").Single());
        var feeding = Task.Run(() => Feed(reference.StandardInput, parallel), TestContext.Current.CancellationToken);
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var (lines, mismatches) = (0L, new List<string>());
        using var pieces = new StreamReader(reference.StandardOutput.BaseStream, Utf8);
        foreach (var text in ParallelTexts.Lines(parallel))
        {
            var expected = await pieces.ReadLineAsync(TestContext.Current.CancellationToken);
            var actual = string.Join(' ', tokenizer.Tokenize(text).Tokens);
            lines++;
            if (actual != expected && mismatches.Count < 20) mismatches.Add($"line {lines}: '{text}'\n  expected {expected}\n  found    {actual}");
        }
        await feeding;
        output.WriteLine($"{vocabulary}: {lines} lines, {mismatches.Count} mismatches");
        lines.ShouldBeGreaterThan(1_000_000);
        string.Join('\n', mismatches).ShouldBe("");
        pieces.ReadLine().ShouldBeNull();
    }

    [Fact]
    public void AppendIds_ParallelSetWithMultilingualBert_CoversEveryLineWithValidIds()
    {
        var (folder, parallel) = (TestPaths.Data("vocab", "bert-base-multilingual-cased"), TestPaths.Data("parallel"));
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var (lines, tokens, unknown, ids) = (0L, 0L, 0L, new List<int>());
        foreach (var text in ParallelTexts.Lines(parallel))
        {
            ids.Clear();
            tokenizer.AppendIds(text, ids);
            lines++;
            tokens += ids.Count;
            foreach (var id in ids)
            {
                if ((uint)id >= (uint)tokenizer.VocabularySize) Assert.Fail($"line {lines} has id {id}: '{text}'");
                if (id == tokenizer.UnknownId) unknown++;
            }
        }
        output.WriteLine($"{lines} lines, {tokens} tokens, {unknown} unknown");
        lines.ShouldBeGreaterThan(1_000_000);
        ((double)unknown / tokens).ShouldBeLessThan(0.01);
    }

    private static Process StartSpmEncode(string model)
    {
        var start = new ProcessStartInfo("spm_encode", [$"--model={model}", "--output_format=piece"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("spm_encode is not on PATH; install the package 'sentencepiece' to compare with it.");
            throw;
        }
    }

    private static void Feed(StreamWriter input, string parallel)
    {
        input.NewLine = "\n";
        foreach (var text in ParallelTexts.Lines(parallel)) input.WriteLine(text);
        input.Close();
    }
}
