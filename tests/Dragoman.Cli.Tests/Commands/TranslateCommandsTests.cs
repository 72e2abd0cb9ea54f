using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>Translating queries and collections by a dictionary, a program and a service, as a user does it.</summary>
public sealed class TranslateCommandsTests : IDisposable
{
    // Says what it was given in a file, and translates two words.
    private const string Program = """while IFS= read -r line; do echo "$line" >> asked.txt; echo "$line" | sed -e s/түйе/camel/g -e s/өзен/river/g; done""";

    private readonly TemporaryFolder _folder = new();

    public TranslateCommandsTests()
    {
        _folder.Write("mt.sh", Program + "\n");
        _folder.Write("d.tsv", "en\tkk\ncamel\tтүйе\nriver\tөзен\nriver\tдария\n");
        _folder.Write("c/corpus.jsonl", """
            {"_id": "k1", "title": "түйе", "text": "ақ түйе", "lang": "kk"}
            {"_id": "k2", "title": "", "text": "өзен", "lang": "kk"}
            {"_id": "e1", "title": "", "text": "a camel", "lang": "en"}
            {"_id": "r1", "title": "", "text": "верблюд", "lang": "ru"}
            """);
        _folder.Write("c/queries.jsonl", """{"_id": "q1", "text": "camel", "lang": "en"}""" + "\n");
        _folder.Write("c/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tk1\t1\n");
    }

    [Fact]
    public async Task Search_QueryTranslatedByDictionary_FindsOtherLanguages()
    {
        (await Run("index", "--collection", "c", "--model", "none", "--analyzer", "per-language", "--output", "idx")).ExitCode.ShouldBe(0);

        var one = await Run("search", "--index", "idx", "--from", "en", "--in", "kk", "--translate", "dictionary:d.tsv", "the rivers");
        var explained = await Run("explain", "--index", "idx", "--from", "en", "--translate", "dictionary:d.tsv", "--translations", "2", "--passage", "k2", "river");
        var run = await Run("retrieve", "--index", "idx", "--queries", "c/queries.jsonl", "--translate", "dictionary:d.tsv", "--method", "qld", "--output", "d.run");

        one.Output.ShouldContain("өзен");
        explained.Output.ShouldContain("river → өзен 0.5, дария 0.5");
        explained.Output.ShouldContain("by bm25+dictionary");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("warning: there is no translation from en to ru; passages in ru were searched with the query as it is.");
        File.ReadAllText(_folder["d.run"]).ShouldContain("q1 Q0 k1 ");
        var manifest = JsonNode.Parse(File.ReadAllText(_folder["d.run.manifest.json"]))!;
        ((string)manifest["options"]!["translation"]!["identity"]!).ShouldStartWith("dictionary ");
        manifest["inputs"]!.AsArray().ShouldContain(input => (string)input!["role"]! == "dictionary" && input["fingerprint"] != null);
    }

    [Fact]
    public async Task Retrieve_PairsWithTranslation_ScoresGivenPassagesAsTheSearchDoes()
    {
        (await Run("index", "--collection", "c", "--model", "none", "--output", "idx")).ExitCode.ShouldBe(0);
        (await Run("retrieve", "--index", "idx", "--queries", "c/queries.jsonl", "--in", "kk", "--translate", "dictionary:d.tsv", "--output", "found.run")).ExitCode.ShouldBe(0);

        var scored = await Run("retrieve", "--index", "idx", "--queries", "c/queries.jsonl", "--translate", "dictionary:d.tsv", "--pairs", "found.run", "--output", "scored.run");

        scored.ExitCode.ShouldBe(0, scored.Errors);
        File.ReadAllText(_folder["scored.run"]).ShouldBe(File.ReadAllText(_folder["found.run"]));
        File.ReadAllLines(_folder["found.run"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task PrepareTranslate_Collection_KeepsIdsAndJudgementsAndIsSearchableInTheOtherLanguage()
    {
        RequireShell();

        var outcome = await Run("prepare", "translate", "--collection", "c", "--to", "en", "--from", "kk", "--translator", "command:sh mt.sh", "--output", "t");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Errors.ShouldContain("t: 2 passages translated into en, 2 as they were. 0 of 3 texts had been translated before.");
        var lines = File.ReadAllLines(_folder["t/corpus.jsonl"]).Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Select(line => $"{line["_id"]} {line["lang"]} {line["title"]}|{line["text"]}").ShouldBe(["k1 en camel|ақ camel", "k2 en |river", "e1 en |a camel", "r1 ru |верблюд"]);
        ((string)lines[0]["metadata"]!["machine_translation"]!["from"]!).ShouldBe("kk");
        ((string)lines[0]["metadata"]!["machine_translation"]!["translator"]!).ShouldStartWith("command sh mt.sh, mt.sh ");
        lines[2]["metadata"].ShouldBeNull();
        File.ReadAllText(_folder["t/qrels/test.tsv"]).ShouldBe(File.ReadAllText(_folder["c/qrels/test.tsv"]));
        ((int)JsonNode.Parse(File.ReadAllText(_folder["t/manifest.json"]))!["translated"]!["kk"]!).ShouldBe(2);
        (await Run("index", "--collection", "t", "--model", "none", "--output", "idx")).ExitCode.ShouldBe(0);
        (await Run("retrieve", "--index", "idx", "--queries", "t/queries.jsonl", "--output", "t.run")).ExitCode.ShouldBe(0);
        File.ReadAllText(_folder["t.run"]).ShouldContain("q1 Q0 k1 1 ");
    }

    [Fact]
    public async Task PrepareTranslate_KilledHalfWay_GoesOnAndTranslatesNothingTwice()
    {
        RequireShell();
        var passages = Enumerable.Range(0, 20).Select(number => $$"""{"_id": "p{{number}}", "text": "өзен {{number}}", "lang": "kk"}""");
        _folder.Write("many/corpus.jsonl", string.Join('\n', passages) + "\n");
        // The third batch kills the program that asked, as a crash of the machine would: nothing can be written any more.
        _folder.Write("kill.sh", "[ -e third ] || { [ -e second ] && touch third && kill -9 $PPID && exit; [ -e first ] && touch second; touch first; }\n" + Program + "\n");
        string[] arguments = ["prepare", "translate", "--collection", "many", "--to", "en", "--batch", "4", "--translator", "command:sh kill.sh", "--output", "t"];

        var killed = await Run(arguments);
        var half = File.ReadAllLines(_folder["asked.txt"]).Length;
        var again = await Run(arguments);
        var unchanged = await Run(arguments);

        killed.ExitCode.ShouldNotBe(0);
        half.ShouldBe(8);
        again.Errors.ShouldContain("8 of 20 texts had been translated before.");
        unchanged.Errors.ShouldContain("20 of 20 texts had been translated before.");
        File.ReadAllLines(_folder["asked.txt"]).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 20).Select(number => $"өзен {number}").Order(StringComparer.Ordinal));
        File.ReadAllLines(_folder["t/corpus.jsonl"]).Length.ShouldBe(20);
    }

    [Fact]
    public async Task PrepareTranslate_ProgramDies_LeavesNoFolderAndKeepsWhatIsDone()
    {
        RequireShell();
        _folder.Write("once.sh", "[ -e first ] && { echo 'out of memory' >&2; exit 7; }; touch first\n" + Program + "\n");

        var died = await Run("prepare", "translate", "--collection", "c", "--from", "kk", "--to", "en", "--batch", "1", "--translator", "command:sh once.sh", "--output", "t");

        died.ExitCode.ShouldBe(1);
        died.Errors.ShouldContain("The command sh once.sh ended with exit code 7, saying \"out of memory\".");
        Directory.Exists(_folder["t"]).ShouldBeFalse();
        File.Delete(_folder["first"]);
        (await Run("prepare", "translate", "--collection", "c", "--from", "kk", "--to", "en", "--batch", "1", "--translator", "command:sh once.sh", "--output", "t")).Errors.ShouldContain("2 of 3 texts had been translated before.");
    }

    [Fact]
    public async Task PrepareTranslate_EmptyTranslations_AreCountedAndNamed()
    {
        RequireShell();
        _folder.Write("empty.sh", "while IFS= read -r line; do [ \"$line\" = өзен ] && echo || echo x; done\n");

        var outcome = await Run("prepare", "translate", "--collection", "c", "--from", "kk", "--to", "en", "--translator", "command:sh empty.sh", "--output", "t");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Errors.ShouldContain("warning: 1 passages could not be translated and stay as they were, in their own language: k2.");
        var manifest = JsonNode.Parse(File.ReadAllText(_folder["t/manifest.json"]))!;
        manifest["failedIds"]!.AsArray().Select(id => (string)id!).ShouldBe(["k2"]);
        File.ReadAllText(_folder["t/corpus.jsonl"]).ShouldContain("""{"_id":"k2","title":"","text":"өзен","lang":"kk"}""");
    }

    [Fact]
    public async Task PrepareTranslate_Queries_AreAFileOfQueries()
    {
        var outcome = await Run("prepare", "translate", "--queries", "c/queries.jsonl", "--to", "kk", "--translator", "dictionary:d.tsv", "--output", "q.kk.jsonl");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        File.ReadAllText(_folder["q.kk.jsonl"]).ShouldStartWith("""{"_id":"q1","text":"түйе","lang":"kk","metadata":{"machine_translation":{"from":"en",""");
        ((int)JsonNode.Parse(File.ReadAllText(_folder["q.kk.jsonl.manifest.json"]))!["translated"]!["en"]!).ShouldBe(1);
        (await Run("index", "--collection", "c", "--model", "none", "--output", "idx")).ExitCode.ShouldBe(0);
        (await Run("retrieve", "--index", "idx", "--queries", "q.kk.jsonl", "--output", "q.run")).ExitCode.ShouldBe(0);
        File.ReadAllText(_folder["q.run"]).ShouldStartWith("q1 Q0 k1 1 ");
    }

    [Fact]
    public async Task PrepareTranslate_LanguageWithoutTranslation_IsToldBeforeAnything()
    {
        var outcome = await Run("prepare", "translate", "--collection", "c", "--to", "en", "--translator", "dictionary:d.tsv", "--output", "t");

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("there is no translation from ru (1 texts) to en");
        Directory.Exists(_folder["t"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Service_WithKey_IsAskedOnceForAQueryAndTheKeyIsWrittenNowhere()
    {
        await using var server = new ScriptedServer((asked, answer) => asked.Target == "/languages"
            ? answer.TextAsync(200, "application/json", """[{"code": "en", "targets": ["kk"]}]""")
            : answer.TextAsync(200, "application/json", """{"translatedText": ["түйе"]}"""));
        (await Run("index", "--collection", "c", "--model", "none", "--output", "idx")).ExitCode.ShouldBe(0);
        string[] arguments = ["retrieve", "--index", "idx", "--queries", "c/queries.jsonl", "--in", "kk", "--translate", $"libretranslate:http://{server.Authority}", "--output", "s.run"];

        var first = await Run(arguments);
        var second = await Run(arguments);

        first.ExitCode.ShouldBe(0, first.Errors);
        second.ExitCode.ShouldBe(0, second.Errors);
        File.ReadAllText(_folder["s.run"]).ShouldStartWith("q1 Q0 k1 1 ");
        server.Requests.Count(asked => asked.Method == "POST").ShouldBe(1);
        server.Requests.Single(asked => asked.Method == "POST").Body.ShouldContain("top-secret");
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)) File.ReadAllText(file).ShouldNotContain("top-secret");
    }

    [Theory]
    [InlineData("pieces", "river → өзен\n2024 stands for itself\n")]
    [InlineData("text", "өзен 2024\n")]
    public async Task Translate_Text_IsShown(string format, string expected) =>
        (await Run("translate", "--translator", "dictionary:d.tsv", "--from", "en", "--to", "kk", "--format", format, "river 2024")).Output.ShouldBe(expected);

    [Fact]
    public async Task Translate_Lines_StayLines()
    {
        RequireShell();
        var surroundings = Surroundings("түйе\n\nөзен\n");

        var outcome = await DragomanProcess.RunAsync(surroundings, "translate", "--translator", "command:sh mt.sh", "--from", "kk", "--to", "en");

        outcome.Output.ShouldBe("camel\n\nriver\n");
        outcome.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("tabel:d", 2, "'tabel:d' is no translator; use table:DIR, dictionary:FILE")]
    [InlineData("dictionary:", 2, "does not say which dictionary")]
    [InlineData("dictionary:none.tsv", 1, "none.tsv")]
    [InlineData("table:none", 1, "none does not exist; make it with 'dragoman train'")]
    [InlineData("command:no-such-program", 1, "The program no-such-program cannot be started (it was not found)")]
    [InlineData("command:sh mt.sh | cat", 2, "which only a shell understands")]
    [InlineData("libretranslate:localhost:5000", 2, "is no address of a service")]
    public async Task Translate_NoTranslator_IsSaidInOneSentence(string translator, int code, string message)
    {
        var outcome = await Run("translate", "--translator", translator, "--from", "en", "--to", "kk", "x");

        outcome.ExitCode.ShouldBe(code);
        outcome.Errors.ShouldContain(message);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Search_TranslationWithVectorsOrWeights_IsRefused()
    {
        (await Run("index", "--collection", "c", "--model", "none", "--output", "idx")).ExitCode.ShouldBe(0);

        (await Run("retrieve", "--index", "idx", "--queries", "c/queries.jsonl", "--weighted", "--translate", "dictionary:d.tsv", "--output", "x.run")).Errors.ShouldContain("--weighted");
        var unknown = await Run("search", "--index", "idx", "--translate", "dictionary:d.tsv", "camel");

        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("--from");
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a script of a Unix shell.");

    private DragomanProcess.Surroundings Surroundings(string input = "") => new()
    {
        Folder = _folder.Path, Input = input, Environment = { ["DRAGOMAN_CACHE"] = _folder["cache"], ["DRAGOMAN_HOME"] = _folder.Path, ["LIBRETRANSLATE_API_KEY"] = "top-secret" },
    };

    private Task<DragomanProcess.Outcome> Run(params string[] arguments) => DragomanProcess.RunAsync(Surroundings(), arguments);
}
