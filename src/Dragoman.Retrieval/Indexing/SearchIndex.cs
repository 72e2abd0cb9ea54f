using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>An index folder, opened for reading. Thread-safe until disposed.</summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Files up to this size are hashed and compared on opening: 64 MiB. Larger ones are compared by size, and by content with <c>verifyAll</c>.</summary>
    public const long HashedBytes = 64L << 20;

    private SearchIndex(string path, IndexManifest manifest, JsonObject config, PassageStore passages, InvertedIndex terms, VectorStore? vectors)
    {
        FolderPath = path;
        Manifest = manifest;
        Config = config;
        Passages = passages;
        Terms = terms;
        Vectors = vectors;
    }

    /// <summary>The folder, as the caller named it.</summary>
    public string FolderPath { get; }

    /// <summary>What the index holds.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The configuration it was built with (<c>config.json</c>).</summary>
    public JsonObject Config { get; }

    /// <summary>The passages.</summary>
    public PassageStore Passages { get; }

    /// <summary>Terms and postings.</summary>
    public InvertedIndex Terms { get; }

    /// <summary>The vectors; null when the index was built without an encoder.</summary>
    public VectorStore? Vectors { get; }

    /// <summary>Opens an index.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="verifyAll">Whether to hash large files too, which reads them whole.</param>
    /// <exception cref="DragomanException">There is no finished index at <paramref name="path"/>.</exception>
    /// <exception cref="DataFormatException">A file is missing, cut short or changed.</exception>
    public static SearchIndex Open(string path, bool verifyAll = false)
    {
        StageFolder.RequireComplete(path, IndexFiles.Command);
        var manifest = IndexManifest.Read(path);
        foreach (var file in manifest.Files) file.Verify(path, verifyAll ? long.MaxValue : HashedBytes);
        PassageStore? passages = null;
        InvertedIndex? terms = null;
        try
        {
            passages = PassageStore.Open(path, manifest.Passages, manifest.Languages.Select(language => language.Language).ToArray());
            terms = InvertedIndex.Open(path, passages);
            var vectors = manifest.Encoder is null ? null : VectorStore.Open(path, manifest.Passages, manifest.Dimension, manifest.Precision);
            return new SearchIndex(path, manifest, ReadConfig(path), passages, terms, vectors);
        }
        catch
        {
            passages?.Dispose();
            terms?.Dispose();
            throw;
        }
    }

    /// <summary>Checks that queries come from the analyzer that built the index.</summary>
    /// <param name="analyzer">The analyzer for queries.</param>
    /// <exception cref="IndexMismatchException">It is another one.</exception>
    public void Require(IAnalyzer analyzer)
    {
        if (analyzer.Identity != Manifest.Analyzer) throw new IndexMismatchException(FolderPath, "analyzer", Manifest.Analyzer, analyzer.Identity);
    }

    /// <summary>Checks that queries come from the encoder that built the index.</summary>
    /// <param name="encoder">The encoder for queries.</param>
    /// <exception cref="DragomanException">The index has no vectors.</exception>
    /// <exception cref="IndexMismatchException">It is another one.</exception>
    public void Require(ITextEncoder encoder)
    {
        if (Manifest.Encoder is null) throw new DragomanException($"Index {FolderPath} has no vectors; rebuild it with '{IndexFiles.Command} --model DIR'.");
        if (encoder.Identity != Manifest.Encoder) throw new IndexMismatchException(FolderPath, "encoder", Manifest.Encoder, encoder.Identity);
        if (encoder.Dimension != Manifest.Dimension)
            throw new DragomanException($"Index {FolderPath} has vectors of {Manifest.Dimension} numbers, the encoder {encoder.Identity} makes {encoder.Dimension}; rebuild with '{IndexFiles.Command}'.");
    }

    private static JsonObject ReadConfig(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new DataFormatException(path, 0, "expected a JSON object; rebuild the index.");
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException)
        {
            throw new DataFormatException(path, 0, $"the configuration of the index is {(failure is JsonException ? "not readable as JSON" : "missing")}; rebuild it with '{IndexFiles.Command}'.", failure);
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        Passages.Dispose();
        Terms.Dispose();
        Vectors?.Dispose();
    }
}
