using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Commands;

namespace Dragoman.Retrieval.Tests.Translators;

/// <summary>Programs here are small shell scripts.</summary>
public sealed class CommandTranslatorTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    public CommandTranslatorTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are scripts of a Unix shell.");

    [Fact]
    public async Task Translate_Lines_ComeBackInOrderWithTheLanguagesGiven()
    {
        using var translator = Script("""while IFS= read -r line; do echo "$1>$2 $line"; done""");

        var translated = await translator.TranslateAsync(["un chat", "été", "", "deux\nlignes\u2028et demie"], "fr", "kk", Token);

        translated[0].Text.ShouldBe("fr>kk un chat");
        translated[1].Text.ShouldBe("fr>kk été");
        translated[2].Problem.ShouldBe("came back empty");
        translated[3].Text.ShouldBe("fr>kk deux\nfr>kk lignes\nfr>kk et demie");
    }

    [Fact]
    public async Task Translate_TextLikeACommand_IsText()
    {
        using var translator = Script("cat");

        (await translator.TranslateAsync(["$(touch /tmp/no) `id` ; rm -rf / \"'"], "fr", "en", Token))[0].Text.ShouldBe("$(touch /tmp/no) `id` ; rm -rf / \"'");
    }

    [Fact]
    public async Task Translate_ManyTexts_DoNotBlockOnPipes()
    {
        using var translator = Script("cat");
        var texts = Enumerable.Range(0, 20_000).Select(number => $"a text of some length, number {number}").ToArray();

        (await translator.TranslateAsync(texts, "fr", "en", Token)).Select(text => text.Text).ShouldBe(texts);
    }

    [Fact]
    public async Task Translate_EmptyLineOfTheProgram_IsAFailureOfThatTextAlone()
    {
        using var translator = Script("""while IFS= read -r line; do [ "$line" = b ] && echo || echo "$line"; done""");

        var translated = await translator.TranslateAsync(["a", "b", "c"], "fr", "en", Token);

        translated.Select(text => text.Problem).ShouldBe([null, "came back empty", null]);
        translated[2].Text.ShouldBe("c");
    }

    [Theory]
    [InlineData("head -n 2", "gave 2 lines for 3 texts; it must give one line for each line it reads, in their order.")]
    [InlineData("cat; echo more; echo \"warning: much\" >&2", "gave 4 lines for 3 texts, saying \"warning: much\"; it must give")]
    [InlineData("exit 3", "ended with exit code 3.")]
    [InlineData("head -n 1; echo 'no model for  x' >&2; exit 1", "ended with exit code 1, saying \"no model for x\".")]
    [InlineData("kill -9 $$", "ended with exit code 137.")]
    [InlineData("printf '\\377\\n\\n\\n'", "gave bytes that are not UTF-8; set its encoding to UTF-8.")]
    public async Task Translate_ProgramThatFails_IsNamedWithWhatItDid(string script, string problem)
    {
        using var translator = Script(script);

        var failure = await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a", "b", "c"], "fr", "en", Token));

        failure.Message.ShouldContain(problem);
        failure.Message.ShouldStartWith("The command sh ");
    }

    [Fact]
    public async Task Translate_ProgramThatDiesHalfWay_EndsInsteadOfWaiting()
    {
        using var translator = Script("head -c 10 >/dev/null; exit 9");

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync([.. Enumerable.Repeat(new string('x', 10_000), 100)], "fr", "en", Token))).Message.ShouldContain("exit code 9");
    }

    [Fact]
    public async Task Translate_ProgramThatHangs_IsStoppedWithItsChildren()
    {
        var file = _folder["pid"];
        using var translator = Script($"sleep 600 & echo $! > '{file}'; wait", TimeSpan.FromMilliseconds(700));

        var failure = await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "fr", "en", Token));

        failure.Message.ShouldContain("did not end within 0.7 seconds and was stopped");
        var child = int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{child}") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z", StringComparison.Ordinal), TimeSpan.FromSeconds(20)).ShouldBeTrue();
    }

    [Fact]
    public async Task Translate_Cancelled_Stops()
    {
        using var translator = Script("sleep 600");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<OperationCanceledException>(() => translator.TranslateAsync(["a"], "fr", "en", stop.Token));
    }

    [Fact]
    public async Task Translate_NoSuchProgram_IsSaid()
    {
        using var missing = new CommandTranslator(CommandLineTemplate.Parse("no-such-program-here {from}"));
        using var forbidden = new CommandTranslator(CommandLineTemplate.Parse(_folder.Write("text.txt", "no program")));

        (await Should.ThrowAsync<TranslationException>(() => missing.TranslateAsync(["a"], "fr", "en", Token))).Message.ShouldBe("The program no-such-program-here cannot be started (it was not found); install it, or name it with its path.");
        (await Should.ThrowAsync<TranslationException>(() => forbidden.TranslateAsync(["a"], "fr", "en", Token))).Message.ShouldContain("cannot be started (it may not be executed)");
    }

    [Fact]
    public void Identity_ScriptThatChanges_Differs()
    {
        var path = _folder.Write("mt.sh", "cat");
        using var before = new CommandTranslator(CommandLineTemplate.Parse($"sh {path}"));
        _folder.Write("mt.sh", "cat -");
        using var after = new CommandTranslator(CommandLineTemplate.Parse($"sh {path}"));

        after.Identity.ShouldNotBe(before.Identity);
        before.Identity.ShouldStartWith($"command sh {path}, mt.sh ");
    }

    public void Dispose() => _folder.Dispose();

    private CommandTranslator Script(string body, TimeSpan? timeout = null) =>
        new(CommandLineTemplate.Parse($"sh '{_folder.Write("mt.sh", body + "\n")}' {{from}} {{to}}"), new CommandTranslatorOptions { Timeout = timeout ?? TimeSpan.FromMinutes(1) });
}
