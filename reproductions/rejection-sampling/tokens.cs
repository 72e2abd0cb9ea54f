// Writes how many tokens a training query and a passage have on average, as far as the model reads them, and how many passages there are.
// usage: dotnet run --file tokens.cs -- SET_FOLDER MODEL OUTPUT DRAGOMAN...
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

const int QueryTokens = 24, PassageTokens = 64;              // what the model reads at most

if (args is not [var folder, var model, var output, var program, .. var leading] || !Directory.Exists(folder))
{
    Console.Error.WriteLine($"tokens.cs needs the folder of a set, a model, a file to write and the program, found '{string.Join(' ', args)}'; "
        + "use: dotnet run --file tokens.cs -- SET_FOLDER MODEL OUTPUT DRAGOMAN...");
    return 2;
}

string[] queries = [.. Rows("queries.jsonl").Select(row => Text(row, "text"))];
string[] passages = [.. Rows("corpus.jsonl").Select(row => $"{Text(row, "title")} {Text(row, "text")}")];
if (await MeanTokens(queries, QueryTokens) is not { } query || await MeanTokens(passages, PassageTokens) is not { } passage) return 1;
File.WriteAllText(output, string.Create(CultureInfo.InvariantCulture, $$"""{"query": {{query}}, "passage": {{passage}}, "passages": {{passages.Length}}}"""));
return 0;

IEnumerable<JsonElement> Rows(string name) => File.ReadLines(Path.Combine(folder, name)).Select(line => JsonElement.Parse(line));

static string Text(JsonElement row, string field) => row.GetProperty(field).GetString()!;

// Nothing when the program failed, which has then said why.
async Task<double?> MeanTokens(string[] texts, int most)
{
    var start = new ProcessStartInfo(program, [.. leading, "tokenize", "--model", model])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
    };
    using var process = Process.Start(start)!;
    var written = Write(process.StandardInput, texts);       // while what comes back is read
    var (tokens, lines) = (0L, 0);
    while (await process.StandardOutput.ReadLineAsync() is { } line)
    {
        tokens += Math.Min(most, JsonElement.Parse(line).GetProperty("ids").GetArrayLength());
        lines++;
    }

    await process.WaitForExitAsync();
    if (process.ExitCode == 0)
    {
        await written;
        return (double)tokens / lines;
    }

    Console.Error.WriteLine($"'{string.Join(' ', [program, .. leading])} tokenize' ended with exit code {process.ExitCode}; {output} is not written.");
    return null;
}

static async Task Write(StreamWriter input, string[] texts)
{
    await using (input)
    {
        foreach (var text in texts) await input.WriteAsync(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + "\n");
    }
}
