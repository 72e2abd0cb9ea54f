using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.TranslationTables;

public sealed class TranslationTableJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_ParallelRows_WritesTablesInBothDirectionsThatKnowTheWords()
    {
        _folder.Write("rows.tsv", Rows());

        Train("tables", "alignment: {model1_iterations: 5}");

        var tables = TranslationFolder.Open(_folder["tables"]);
        tables.Pairs.ShouldBe([("en", "kk"), ("kk", "en")]);
        tables.Table("kk", "en").TranslationsOf("шай")[0].Target.ShouldBe("tea");
        tables.Table("en", "kk").TranslationsOf("river")[0].Target.ShouldBe("өзен");
        tables.Counts("en").Total.ShouldBe(5 * 4 * 3);
        tables.Counts("en").Probability("tea").ShouldBe(5.0 / 61);
    }

    [Fact]
    public void Run_ExcludedOrigin_IsNotLearnedFrom()
    {
        _folder.Write("rows.tsv", "src\ten\tkk\ntest/pages\ttea\tшай\nother\tsalt\tтұз\n");

        Train("tables", "exclude_origins: [test/pages]");

        var table = TranslationFolder.Open(_folder["tables"]).Table("en", "kk");
        table.TranslationsOf("tea").ShouldBeEmpty();
        table.TranslationsOf("salt").Single().Target.ShouldBe("тұз");
    }

    [Fact]
    public void Run_Twice_SameBytes()
    {
        _folder.Write("rows.tsv", Rows());

        Train("one", "", threads: 1);
        Train("two", "", threads: 3);

        foreach (var file in Directory.EnumerateFiles(_folder["one"]))
            File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(Path.Combine(_folder["two"], Path.GetFileName(file))), Path.GetFileName(file));
    }

    [Fact]
    public void Run_SeveralPairs_EachHasTheTableItHasAlone()
    {
        var rows = Rows().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select((row, number) => row + '\t' + (number % 3 == 0 ? "" : $"{row[..3]}ru {number % 4}"));
        _folder.Write("rows.tsv", "en\tkk\tru\n" + string.Join('\n', rows) + "\n");

        Train("all", "", pairs: "\"en > ru\", \"en > kk\", \"kk > ru\"", threads: 2);

        foreach (var pair in new[] { "en > ru", "en > kk", "kk > ru" })
        {
            Train(pair, "", pairs: $"\"{pair}\"");
            foreach (var file in Directory.EnumerateFiles(_folder[pair], "*.gz"))
                File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(Path.Combine(_folder["all"], Path.GetFileName(file))), Path.GetFileName(file));
        }
    }

    [Fact]
    public void Run_NoTextInBothLanguages_SaysWhichPairAndLeavesNothing()
    {
        _folder.Write("rows.tsv", "en\tru\ntea\tчай\n");

        Should.Throw<DragomanException>(() => Train("tables", "")).Message.ShouldContain("en and kk");

        Directory.Exists(_folder["tables"]).ShouldBeFalse();
    }

    [Fact]
    public void Open_SeveralProblems_TellsThemTogether()
    {
        var path = _folder.Write("bad.yaml", "task: translation-table\nanalyzer: nowhere\npairs: [\"zh kk\", \"en > en\"]\nsources:\n  - {path: nothing.tsv, weight: 2}\nalignment: {null_probability: 1, iterations: 3}\n");

        var problems = Should.Throw<ConfigurationException>(() => TrainingTasks.Open(path)).Problems;

        foreach (var expected in new[] { "analyzer is 'nowhere'", "\"zh kk\"", "must differ", "nothing.tsv", "weight means nothing", "null_probability", "iterations is not a key" })
            problems.ShouldContain(problem => problem.Contains(expected, StringComparison.Ordinal), expected);
    }

    public void Dispose() => _folder.Dispose();

    private static string Rows()
    {
        (string English, string Kazakh)[] things = [("tea", "шай"), ("salt", "тұз"), ("horse", "жылқы"), ("river", "өзен"), ("bread", "нан")];
        (string English, string Kazakh)[] states = [("old", "ескі"), ("new", "жаңа"), ("far", "алыс"), ("good", "жақсы")];
        var rows = from thing in things from state in states select $"{state.English} {thing.English} {thing.English}\t{state.Kazakh} {thing.Kazakh}";
        return "en\tkk\n" + string.Join('\n', rows.Select(row => row.Replace("tea tea", "the tea", StringComparison.Ordinal))) + "\n";
    }

    private void Train(string name, string more, int? threads = null, string pairs = "\"en > kk\"")
    {
        var config = _folder.Write("train.yaml", $"task: translation-table\nanalyzer: plain\npairs: [{pairs}]\nsources:\n  - {{path: rows.tsv}}\n{more}\n");
        using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
        TrainingTasks.Open(config).Job.Run(new TrainingContext(_folder[name], threads, Resume: false, log, TimeProvider.System), TestContext.Current.CancellationToken);
    }
}
