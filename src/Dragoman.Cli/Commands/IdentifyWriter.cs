using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Cli.Commands;

/// <summary>Writes the JSON lines of <c>identify</c>: the likeliest language first, then the others.</summary>
internal sealed class IdentifyWriter(Stream stream) : IDisposable
{
    private const int Digits = 4;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly BufferedStream _output = new(stream, 1 << 16);

    internal void Write(IReadOnlyList<LanguageProbability> ranked)
    {
        using (var json = new Utf8JsonWriter(_output, Relaxed))
        {
            json.WriteStartObject();
            WriteFields(json, ranked[0]);
            json.WriteStartArray("alternatives");
            foreach (var entry in ranked.Skip(1))
            {
                json.WriteStartObject();
                WriteFields(json, entry);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        _output.WriteByte((byte)'\n');
    }

    public void Dispose() => _output.Dispose();

    private static void WriteFields(Utf8JsonWriter json, LanguageProbability entry)
    {
        json.WriteString("language", entry.Language);
        json.WriteNumber("probability", Math.Round(entry.Probability, Digits));
    }
}
