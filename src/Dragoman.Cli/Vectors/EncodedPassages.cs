using System.Text.Json;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Vectors;

/// <summary>The vectors of a collection's passages, as <c>dragoman encode --collection</c> wrote them, read in their order: one file, or the parts of it.</summary>
internal sealed class EncodedPassages : IPassageVectors, IDisposable
{
    private const string Expected = """expected {"id": "...", "vector": [...]}""";
    private readonly Queue<string> _files;
    private readonly int _dimension;
    private Utf8LineReader? _reader;

    private EncodedPassages(VectorParts parts)
    {
        _files = new Queue<string>(parts.Files.Where(part => part.Manifest.Vectors > 0).Select(part => part.Path));
        _dimension = parts.Manifest.Form.Dimension;
    }

    /// <summary>Opens vectors.</summary>
    /// <param name="path">The file, or the name of the whole of which there are parts.</param>
    /// <param name="encoder">The index's encoder.</param>
    /// <param name="corpus">The file with the passages.</param>
    /// <exception cref="DragomanException">They are not there, or not whole; or they are not the encoder's, not of this corpus, or not of passages.</exception>
    internal static EncodedPassages Open(string path, ITextEncoder encoder, string corpus)
    {
        var parts = VectorParts.Find(path);
        var (manifest, form) = (parts.Manifest, parts.Manifest.Form);
        if (form.Encoder != encoder.Identity) throw new DragomanException($"{path} holds vectors by {form.Encoder}, but the index's encoder is {encoder.Identity}; name the model that made them with --model, or encode the collection again.");
        if (manifest.InputFingerprint != Fingerprint.OfFile(corpus)) throw new DragomanException($"{path} holds vectors of another {manifest.Input} than {corpus}; encode this collection with 'dragoman encode --collection'.");
        if (!form.IsOfPassages) throw new DragomanException($"{path} holds vectors that are not what an index keeps (side {form.Side ?? "none"}, pooling {form.Pooling ?? "the model's"}{(form.Normalized ? "" : ", not scaled to length 1")}); encode with 'dragoman encode --collection'.");
        return new EncodedPassages(parts);
    }

    public void Read(IReadOnlyList<Passage> passages, Span<float> vectors)
    {
        for (var row = 0; row < passages.Count; row++) Read(passages[row].Id, vectors.Slice(row * _dimension, _dimension));
    }

    public void Dispose() => _reader?.Dispose();

    private void Read(string id, Span<float> vector)
    {
        ReadOnlySpan<byte> line;
        while (_reader is null || !_reader.TryRead(out line))
        {
            _reader?.Dispose();
            _reader = new Utf8LineReader(_files.TryDequeue(out var next) ? next : throw new DragomanException($"The vectors end before passage {id}; encode the collection again."));
        }
        try
        {
            Parse(line, id, vector);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            throw _reader.Failure($"not a vector of {_dimension} numbers; {Expected}.", broken);
        }
    }

    private void Parse(ReadOnlySpan<byte> line, string id, Span<float> vector)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        json.Read();
        json.Read();
        if (json.GetString() is var found && found != id) throw _reader!.Failure($"the vector is of {found}, but the next passage is {id}; encode the collection again.");
        json.Read();
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) throw new JsonException("no array");
        foreach (ref var number in vector)
        {
            json.Read();
            number = json.GetSingle();
        }
        json.Read();
        if (json.TokenType != JsonTokenType.EndArray) throw new JsonException("too long");
    }
}
