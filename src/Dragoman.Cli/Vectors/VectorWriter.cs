using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Vectors;

/// <summary>Encodes texts window by window and writes their vectors, a JSON line each. While a window is encoded, the next is read and the one before is written.</summary>
/// <param name="source">Turns texts into vectors.</param>
/// <param name="writer">Receives the lines.</param>
internal sealed class VectorWriter(IVectorSource source, TextWriter writer)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Encodes and writes.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="progress">Told of the texts done so far.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>How many there were.</returns>
    internal int Write(IEnumerable<TextRecord> texts, IProgress<int> progress, CancellationToken token)
    {
        using var windows = texts.Chunk(TextShard.TextsPerWindow).GetEnumerator();
        var done = 0;
        Task<TextRecord[]?> reading = Next();
        var writing = Task.CompletedTask;
        try
        {
            while (reading.GetAwaiter().GetResult() is { } window)
            {
                reading = Next();
                var vectors = new float[window.Length * source.Form.Dimension];
                source.Encode([.. window.Select(record => record.Text)], vectors, token);
                writing.GetAwaiter().GetResult();
                writing = Task.Run(() => Write(window, vectors), CancellationToken.None);
                progress.Report(done += window.Length);
            }
            writing.GetAwaiter().GetResult();
            return done;
        }
        finally
        {
            // After a failure, nothing goes on behind the caller's back.
            foreach (var task in new[] { reading, writing }) task.ContinueWith(static ended => ended.Exception, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        Task<TextRecord[]?> Next() => Task.Run(() => windows.MoveNext() ? windows.Current : null, CancellationToken.None);
    }

    private void Write(TextRecord[] window, float[] vectors)
    {
        var dimension = source.Form.Dimension;
        if (Enumerable.Range(0, window.Length).FirstOrDefault(row => vectors.AsSpan(row * dimension, dimension).ContainsAnyExceptInRange(float.MinValue, float.MaxValue), -1) is >= 0 and var broken)
            throw new DragomanException($"The vector of text {window[broken].Id} holds a number that is not finite; the model's weights are damaged, or try --precision float32.");
        foreach (var line in Enumerable.Range(0, window.Length).AsParallel().AsOrdered().Select(row => Line(window[row].Id, vectors.AsSpan(row * dimension, dimension)))) writer.WriteLine(line);
    }

    private static string Line(string id, ReadOnlySpan<float> vector)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteStartArray("vector");
            foreach (var value in vector) json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
