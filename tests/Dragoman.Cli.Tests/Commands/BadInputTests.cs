namespace Dragoman.Cli.Tests.Commands;

/// <summary>Every kind of bad input, on the commands it can reach: one sentence on stderr, the documented exit code, nothing left behind.</summary>
public sealed class BadInputTests : IClassFixture<SearchFolder>
{
    private const string NothingFound = """{"stage": "retrieve", "dragoman": "0.1.0", "options": {"method": "bm25"}, "inputs": [], "queries": 0, "passages": 0, "fingerprint": "e3b0c44298fc1c14"}""";

    private readonly SearchFolder _folder;

    public BadInputTests(SearchFolder folder)
    {
        _folder = folder;
        folder.Write("good.run", "q1 Q0 en1 1 2 x\nq1 Q0 en2 2 1 x\n");
        folder.Write("good.qrels", "q1 0 en1 1\n");
        folder.Write("columns.run", "q1 Q0 en1 1 2 x\nq1 Q0 en2 2 1\n");
        folder.Write("score.run", "q1 Q0 en1 1 many x\n");
        folder.Write("nan.run", "q1 Q0 en1 1 NaN x\n");
        folder.Write("empty.run", "");
        folder.Write("nothing.run", "");
        folder.Write("nothing.run.manifest.json", NothingFound);
        folder.Write("heavy.tsv", "q1\tcamel^x\n");
        folder.Write("twice.run", "q1 Q0 en1 1 2 x\nq1 Q0 en1 2 1 x\n");
        folder.Write("grade.qrels", "q1 0 en1 high\n");
        folder.Write("twice.qrels", "q1 0 en1 1\nq1 0 en1 0\n");
        folder.Write("twice.tsv", "q1\tcamel\nq1\tdesert\n");
        folder.Write("tag.jsonl", """{"_id": "q1", "text": "camel", "lang": "xx"}""" + "\n");
        folder.Write("broken.jsonl", """{"_id": "q1", "text": "camel"}""" + "\n" + """{"_id": "q2", "text": """ + "\n");
    }

    [Theory]
    [InlineData("evaluate --qrels good.qrels --run columns.run", 1, "columns.run, line 2: 5 fields, expected 6")]
    [InlineData("evaluate --qrels good.qrels --run score.run", 1, "score.run, line 1: the score \"many\" is not a finite number")]
    [InlineData("evaluate --qrels good.qrels --run nan.run", 1, "nan.run, line 1: the score \"NaN\" is not a finite number")]
    [InlineData("evaluate --qrels good.qrels --run empty.run", 1, "empty.run: the run is empty")]
    [InlineData("evaluate --qrels good.qrels --run nothing.run", 1, "nothing.run holds no passages, so that no query counts; count judged queries without passages as 0 with --complete.")]
    [InlineData("evaluate --qrels good.qrels --run c", 1, "c is a folder; a file was expected")]
    [InlineData("evaluate --qrels grade.qrels --run good.run", 1, "grade.qrels, line 1: the grade \"high\" is not a whole number")]
    [InlineData("evaluate --qrels twice.qrels --run good.run", 1, "twice.qrels, line 2: passage en1 of query q1 is already on line 1")]
    [InlineData("evaluate --qrels good.qrels --run good.run --format xml", 2, "--format is 'xml'; use table, tsv or json.")]
    [InlineData("fuse --run good.run columns.run --output out", 1, "columns.run, line 2: 5 fields, expected 6")]
    [InlineData("fuse --run good.run twice.run --output out", 1, "twice.run, line 2: passage en1 of query q1 is already on line 1")]
    [InlineData("fuse --run good.run good.run --output c", 1, "c is a folder; name a file for the output.")]
    [InlineData("fuse --run good.run good.run --output out --k many", 2, "--k is 'many'; use a number.")]
    [InlineData("retrieve --index i --queries twice.tsv --output out", 1, "twice.tsv, line 2: the query id q1 is already on line 1")]
    [InlineData("retrieve --index i --queries tag.jsonl --output out", 1, "tag.jsonl, line 1: \"xx\" is not a language tag")]
    [InlineData("retrieve --index i --queries broken.jsonl --output out", 1, "broken.jsonl, line 2: not valid JSON")]
    [InlineData("retrieve --index i --queries empty.run --output out", 1, "empty.run: there are no queries")]
    [InlineData("retrieve --index i --queries queries.tsv --output c", 1, "c is a folder; name a file for the output.")]
    [InlineData("retrieve --index i --queries queries.tsv --output good.run/out", 1, "good.run is a file, not a folder")]
    [InlineData("retrieve --index i --queries queries.tsv --output out --depth many", 2, "--depth is 'many'; use a whole number.")]
    [InlineData("retrieve --index i --queries queries.tsv --output out --depth 99999999999", 2, "--depth is '99999999999'; use a whole number up to 2147483647.")]
    [InlineData("retrieve --index i --queries queries.tsv --output out --model c", 2, "index i was built without vectors")]
    [InlineData("retrieve --index i --queries queries.tsv --output \"\"", 2, "--output is empty")]
    [InlineData("search --index i camel --in xx", 2, "'xx' names no known language")]
    [InlineData("search --index i camel --format xml", 2, "--format is 'xml'; use text or json.")]
    [InlineData("index --collection c --output good.run/out --model none", 1, "good.run is a file, not a folder")]
    [InlineData("index --collection c --output \"\" --model none", 2, "--output is empty")]
    [InlineData("index --collection c --output out --model none --vectors eighth", 2, "--vectors is 'eighth'; use full, quantised, half or rescored.")]
    [InlineData("index add --index nowhere --collection c", 1, "nowhere does not exist; make it with 'dragoman index'")]
    [InlineData("index add --index c --collection c", 1, "c is not a finished output of 'dragoman index'")]
    [InlineData("index add --index i --collection c", 1, "is in the index already; replace passages (--replace) or give it another id.")]
    [InlineData("index add --index i --collection c --memory-mb 0", 2, "--memory-mb must be 1 or more.")]
    [InlineData("index delete --index i", 2, "no passage is named")]
    [InlineData("index delete --index i gone", 1, "Index i holds none of 1 passage to delete, the first of which is gone; nothing was changed.")]
    [InlineData("index delete --index i en1 en2 kk1 ru1", 1, "an index needs at least one")]
    [InlineData("explain --index i --passage gone camel", 1, "Index i holds no passage gone.")]
    [InlineData("explain --index i --passage en1 --method dense camel", 2, "the method dense needs vectors")]
    [InlineData("retrieve --index i --queries heavy.tsv --weighted --output out", 1, "Query q1: \"camel^x\" has no weight above 0 behind the ^")]
    [InlineData("serve --index i --port many", 2, "--port is 'many'; use a whole number.")]
    [InlineData("serve --index i --urls http://search.example:5080", 2, "names a host")]
    [InlineData("train gone.yaml", 2, "gone.yaml: there is no such file")]
    [InlineData("train", 2, "'CONFIG.yaml' missing")]
    [InlineData("encode --model c --input broken.jsonl --output out --threads many", 2, "--threads is 'many'; use a whole number.")]
    [InlineData("tokenize --model c --max-length many", 2, "--max-length is 'many'; use a whole number.")]
    [InlineData("tokenize --model c --max-length 0", 2, "--max-length must be 1 or more.")]
    [InlineData("tokenize --model c", 1, "c: found no tokenizer")]
    [InlineData("prepare parallel --input queries.tsv --from en --to en --output out", 2, "--from and --to are both en")]
    [InlineData("prepare", 2, "dragoman prepare needs a command: collection, xquad, parallel, translate, candidates, noise.")]
    [InlineData("prepare wiki", 2, "'wiki' is not a command of dragoman prepare; known are collection, xquad, parallel, translate, candidates, noise. Run 'dragoman prepare --help'")]
    [InlineData("serach", 2, "'serach' is not a command of dragoman; known are ")]
    public async Task Command_BadInput_SaysSoInOneSentenceAndLeavesNothing(string line, int exitCode, string expected)
    {
        var before = Entries();

        var run = await _folder.Run([.. line.Split(' ').Select(argument => argument == "\"\"" ? "" : argument)]);

        run.ExitCode.ShouldBe(exitCode, run.Errors);
        run.Errors.ShouldContain(expected);
        run.Errors.Trim().ShouldNotContain('\n');
        run.Output.ShouldBeEmpty();
        Entries().ShouldBe(before);
    }

    [Fact]
    public async Task Demo_JudgementsOfOtherPassages_NamesOne()
    {
        _folder.Write("d/corpus.jsonl", """{"_id": "en1", "text": "camel", "lang": "en"}""");
        _folder.Write("d/queries.jsonl", """{"_id": "q1", "text": "camel", "lang": "en"}""");
        _folder.Write("d/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tgone\t1\n");

        var run = await _folder.Run("demo", "--collection", "d", "--model", "c", "--output", "demo");

        run.ExitCode.ShouldBe(1, run.Errors);
        run.Errors.Trim().ShouldBe("d: the judgements name the passage gone, which the collection lacks; do passages and judgements belong together?");
        _folder.Exists("demo").ShouldBeFalse();
    }

    [Fact]
    public async Task NoArguments_IsHelp()
    {
        var run = await _folder.Run();

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("search");
        run.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("prepare parallel")]
    [InlineData("prepare xquad")]
    [InlineData("tokenize")]
    [InlineData("index")]
    [InlineData("index add")]
    [InlineData("index delete")]
    [InlineData("index merge")]
    [InlineData("index info")]
    [InlineData("explain")]
    [InlineData("train")]
    [InlineData("watch")]
    [InlineData("diagnose")]
    [InlineData("encode")]
    [InlineData("retrieve")]
    [InlineData("fuse")]
    [InlineData("rerank")]
    [InlineData("evaluate")]
    [InlineData("compare")]
    [InlineData("search")]
    [InlineData("serve")]
    public async Task Help_EveryCommand_EndsWithAnExampleOfIt(string command)
    {
        var run = await _folder.Run([.. command.Split(' '), "--help"]);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Examples:");
        run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain($"  dragoman {command}");
    }

    [Theory]
    [InlineData("explain", "<QUERY>")]
    [InlineData("search", "<QUERY>")]
    [InlineData("translate", "[<TEXT>]")]
    [InlineData("index delete", "[<ID>...]")]
    public async Task Help_OfACommandWithAnArgument_NamesItAsTheOthersDo(string command, string argument)
    {
        var run = await _folder.Run([.. command.Split(' '), "--help"]);

        run.Output.ShouldContain($"{command} {argument} [options]");
    }

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
