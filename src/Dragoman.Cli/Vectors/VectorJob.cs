using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Vectors;

/// <summary>Makes a file of vectors: of all texts, or of a part of them, which is not made again when it is there.</summary>
/// <param name="source">Turns texts into vectors.</param>
/// <param name="texts">All the texts.</param>
/// <param name="output">The file; of a part, the name of the whole.</param>
/// <param name="shard">Which part; null for all.</param>
internal sealed class VectorJob(IVectorSource source, EncodedTexts texts, string output, TextShard? shard)
{
    private readonly string _file = shard is null ? output : VectorParts.NameOf(output, shard);

    /// <summary>Encodes, and tells of it on stderr.</summary>
    /// <returns>0.</returns>
    internal int Run(CancellationToken token)
    {
        using var progress = new StageProgress("Encoded", "texts");
        var planned = shard is null ? null : Plan(shard);
        if (planned is not null && IsDone(planned))
        {
            Console.Error.WriteLine($"Part {shard} is there already, {_file} with {Amount.Of(planned.Vectors, "vector")}; nothing was done.");
            return 0;
        }
        var done = 0;
        AtomicFile.WriteText(_file, writer =>
        {
            done = new VectorWriter(source, writer).Write(planned is null ? texts.Read() : Part(planned), progress, token);
            if (done == 0 && planned is null) throw new DataFormatException(texts.Path, 0, "the file holds no text to encode.");
        });
        VectorManifest.Write(_file, fingerprint => (planned ?? Describe(texts.Fingerprint(), done, done)) with { Fingerprint = fingerprint });
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {done:N0} vectors of {source.Form.Dimension} numbers to {_file} in {progress.Elapsed.TotalSeconds:F1} s."));
        if (planned is { Vectors: 0 }) Console.Error.WriteLine($"warning: part {shard} is empty: {Amount.Of(planned.Texts, "text")} are {Amount.Of(TextShard.Windows(planned.Texts), "window")} of {TextShard.TextsPerWindow:N0}, which are never cut; use at most as many parts.");
        return 0;
    }

    private VectorManifest Plan(TextShard wanted)
    {
        var count = texts.Read().Count();
        if (count == 0) throw new DataFormatException(texts.Path, 0, "the file holds no text to encode.");
        var fingerprint = texts.Fingerprint() ?? throw new ConfigurationException("encode", [$"{texts.Path} is a pipe, which can be read once only; --shard needs a file."]);
        if (!OutputPath.IsFile(_file)) throw new ConfigurationException("encode", [$"{output} is no file; --shard makes a file for each part."]);
        var (first, end) = wanted.Of(count);
        return Describe(fingerprint, count, end - first) with { Shard = wanted };
    }

    private bool IsDone(VectorManifest planned)
    {
        if (!File.Exists(_file)) return false;
        try
        {
            return VectorManifest.ReadOrNull(_file) is { } made && made == planned with { Fingerprint = made.Fingerprint, Dragoman = made.Dragoman, Input = made.Input } && made.IsOf(_file);
        }
        catch (DataFormatException)
        {
            return false; // a manifest that cannot be read is made anew with its file
        }
    }

    private IEnumerable<TextRecord> Part(VectorManifest planned)
    {
        var (first, end) = planned.Shard!.Of(planned.Texts);
        return texts.Read().Skip(first).Take(end - first);
    }

    private VectorManifest Describe(string? fingerprint, int count, int vectors) => new()
    {
        Stage = "encode",
        Dragoman = typeof(VectorJob).Assembly.GetName().Version!.ToString(3),
        Form = source.Form,
        Input = Path.GetFileName(texts.Path),
        InputFingerprint = fingerprint,
        Texts = count,
        Vectors = vectors,
        Fingerprint = "",
    };
}
