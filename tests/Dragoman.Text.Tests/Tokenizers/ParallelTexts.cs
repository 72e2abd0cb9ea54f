using System.IO.Compression;
using System.Text.Json;

namespace Dragoman.Text.Tests.Tokenizers;

/// <summary>Every cell in every language of the parallel set, one line each.</summary>
internal static class ParallelTexts
{
    /// <param name="folder">The folder of the parallel set.</param>
    internal static IEnumerable<string> Lines(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var row = JsonDocument.Parse(line);
                foreach (var cell in row.RootElement.EnumerateObject())
                {
                    if (cell.Name is not ("_id" or "src")) yield return cell.Value.GetString()!.Replace('\n', ' ').Replace('\r', ' ');
                }
            }
        }
    }
}
