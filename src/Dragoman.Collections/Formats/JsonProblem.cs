using System.Text;
using System.Text.Json;

namespace Dragoman.Collections.Formats;

/// <summary>Puts the failure of a JSON parser into a sentence with a place in the line.</summary>
internal static class JsonProblem
{
    internal static string Describe(JsonException broken, ReadOnlySpan<byte> line, string example)
    {
        var position = (int)Math.Min(broken.BytePositionInLine ?? 0, line.Length);
        var detail = broken.Message;
        var suffix = detail.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (suffix >= 0) detail = detail[..suffix];
        return $"not valid JSON at character {Encoding.UTF8.GetCharCount(line[..position]) + 1} ({detail.TrimEnd('.')}); expected {example}.";
    }
}
