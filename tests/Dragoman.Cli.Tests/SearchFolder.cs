namespace Dragoman.Cli.Tests;

/// <summary>A folder with a small collection (<c>c</c>), its index of terms (<c>i</c>) and a file of queries, removed at the end.</summary>
public sealed class SearchFolder : IAsyncLifetime
{
    private const string Corpus = """
        {"_id": "kk1", "title": "Түйе", "text": "Қос өркешті түйе ыстыққа да, суыққа да шыдайды.", "lang": "kk"}
        {"_id": "ru1", "title": "Верблюд", "text": "Двугорбый верблюд выносит и жару, и холод. Samarkand.", "lang": "ru"}
        {"_id": "en1", "title": "Camel", "text": "The camel stands heat and cold. Samarkand was far.", "lang": "en"}
        {"_id": "en2", "title": "", "text": "A camel carries paper.", "lang": "en"}
        """;

    private readonly TemporaryFolder _folder = new();

    internal string Path => _folder.Path;

    /// <summary>Runs the program in the folder; no encoder is found by chance in the folders above the tests.</summary>
    internal Task<DragomanProcess.Outcome> Run(params string[] arguments) =>
        DragomanProcess.RunAsync(new() { Folder = Path, Environment = { ["DRAGOMAN_HOME"] = Path } }, arguments);

    internal string Read(string name) => File.ReadAllText(_folder[name]);

    internal void Write(string name, string text) => _folder.Write(name, text);

    internal bool Exists(string name) => System.IO.Path.Exists(_folder[name]);

    public async ValueTask InitializeAsync()
    {
        Write("c/corpus.jsonl", Corpus);
        Write("queries.tsv", "q1\tcamel\nq2\tSamarkand верблюд\nq3\tabsent\n");
        (await Run("index", "--collection", "c", "--output", "i", "--model", "none")).ExitCode.ShouldBe(0);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
