using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Cli.Vectors;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman encode</c>: texts to vectors, a JSON line each.</summary>
internal static class EncodeCommand
{
    private const int TextsPerWindow = 4096;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Encoder folder: BERT or XLM-R in Hugging Face layout, or a static encoder.", Required = true, HelpName = "DIR" };
        var input = new Option<string>("--input") { Description = "JSON lines {\"id\", \"text\"}; may be gzip-compressed.", Required = true, HelpName = "IN.jsonl" };
        var output = new Option<string>("--output") { Description = "JSON lines {\"id\", \"vector\"} to write; gzip-compressed when the name ends in .gz.", Required = true, HelpName = "OUT.jsonl" };
        var pooling = new Option<string?>("--pooling") { Description = "How a transformer's token vectors become one: the first token's, their mean (the default), or the model's pooler." };
        pooling.AcceptOnlyFromAmong("cls", "mean", "pooler");
        var normalise = new Option<bool>("--normalize") { Description = "Scale each vector to length 1; a static encoder's have it already." };
        var side = new Option<string?>("--side") { Description = "What the texts are, for models that tell them apart: query or passage. The model's prompt is put before each text, and its own pooling and length are used; without it, texts are encoded as they are." };
        side.AcceptOnlyFromAmong("query", "passage");
        var (precision, device, threads) = (ModelOptions.Precision(), ModelOptions.Device(), ModelOptions.Threads());
        var command = new Command("encode", "Encodes texts into vectors, a JSON line each.") { model, input, output, side, pooling, normalise, precision, device, threads };
        command.SetAction((parsed, token) =>
        {
            OutputPath.RequireFile(parsed.GetRequiredValue(output));
            if (parsed.GetValue(threads) is { } count && Torch.IsAvailable) Torch.Threads = count;
            Pooling? wanted = parsed.GetValue(pooling) switch { "cls" => Pooling.Cls, "pooler" => Pooling.Pooler, "mean" => Pooling.Mean, _ => null };
            using var source = VectorSources.Open(parsed.GetRequiredValue(model), parsed.GetValue(side) switch { "query" => EncodedSide.Query, "passage" => EncodedSide.Passage, _ => null }, wanted, parsed.GetValue(normalise), ModelOptions.PrecisionOf(parsed.GetValue(precision)), ModelOptions.DeviceOf(parsed.GetValue(device)));
            return Task.FromResult(Encode(source, parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), token));
        });
        return command;
    }

    private static int Encode(IVectorSource source, string input, string output, CancellationToken token)
    {
        using var progress = new StageProgress("Encoded", "texts");
        var done = 0;
        AtomicFile.WriteText(output, writer =>
        {
            foreach (var window in TextRecord.Read(input).Chunk(TextsPerWindow))
            {
                var vectors = new float[window.Length * source.Dimension];
                source.Encode([.. window.Select(record => record.Text)], vectors, token);
                for (var row = 0; row < window.Length; row++) writer.WriteLine(Line(window[row].Id, vectors.AsSpan(row * source.Dimension, source.Dimension)));
                progress.Report(done += window.Length);
            }
            if (done == 0) throw new DataFormatException(input, 0, "the file holds no text to encode.");
        });
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {done:N0} vectors of {source.Dimension} numbers to {output} in {progress.Elapsed.TotalSeconds:F1} s."));
        return 0;
    }

    private static string Line(string id, ReadOnlySpan<float> vector)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteStartArray("vector");
            foreach (var value in vector)
            {
                if (!float.IsFinite(value)) throw new DragomanException($"The vector of text {id} holds {value}; the model's weights are damaged, or try --precision float32.");
                json.WriteNumberValue(value);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
