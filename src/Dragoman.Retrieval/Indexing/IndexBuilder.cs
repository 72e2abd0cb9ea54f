using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Indexing.Publication;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Builds an index from a stream of passages. Memory is bounded by <see cref="IndexWriteOptions.MemoryBytes"/>, a few batches of texts, and the numbers of the passages.</summary>
public static class IndexBuilder
{
    /// <summary>
    /// Builds an index; on any failure nothing is left behind, and an index that was there before stays. An index of this version's layout is replaced by publishing the new passages as its
    /// next generation, so that it can be read all the time.
    /// </summary>
    /// <param name="passages">The passages; ids must be unique.</param>
    /// <param name="path">The folder to write.</param>
    /// <param name="options">Analyzer, encoder and the like.</param>
    /// <param name="progress">Receives the number of passages read so far, now and then.</param>
    /// <param name="cancellationToken">Stops the work and removes what was written.</param>
    /// <returns>What the index holds.</returns>
    /// <exception cref="DragomanException">There are no passages, an id occurs twice, a language is not a tag, or another program is changing the index.</exception>
    public static IndexManifest Build(IEnumerable<Passage> passages, string path, IndexBuildOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("Indexing", problems);
        if (IsReplaceable(path))
        {
            var manifest = Fill(path, passages, options, progress, cancellationToken);
            // For people; readers take both from the database.
            AtomicFile.WriteText(Path.Combine(path, "config.json"), writer => writer.WriteLine(options.Config.ToJsonString(StageFolder.Indented)));
            AtomicFile.WriteText(Path.Combine(path, "manifest.json"), writer => writer.WriteLine(manifest.ToJson().ToJsonString(StageFolder.Indented)));
            return manifest;
        }
        using var stage = StageFolder.Begin(path);
        var built = Fill(stage.WorkingPath, passages, options, progress, cancellationToken);
        stage.Complete((JsonObject)options.Config.DeepClone(), built.ToJson());
        return built;
    }

    private static IndexManifest Fill(string folder, IEnumerable<Passage> passages, IndexBuildOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using (var writer = IndexWriter.Build(folder, options, IndexStorage.Files))
        {
            writer.Add(passages, replace: false, progress, cancellationToken);
            progress?.Report(writer.Count);
            writer.Merge(all: false, cancellationToken);
            writer.Link(cancellationToken);
            writer.Publish("build");
        }
        return Describe(folder);
    }

    // The folder is not complete yet when it is built for the first time.
    private static IndexManifest Describe(string folder)
    {
        using var index = SearchIndex.OpenUnfinished(folder);
        return index.Manifest;
    }

    /// <summary>Whether there is an index that can be read, so that the new one can take its place in one publication.</summary>
    private static bool IsReplaceable(string path)
    {
        if (!File.Exists(Path.Combine(path, ".complete")) || !File.Exists(Path.Combine(path, IndexFolder.Database))) return false;
        try
        {
            IndexDatabase.Read(path);
            return true;
        }
        catch (DataFormatException)
        {
            // Damaged: to be replaced as a whole.
            return false;
        }
        catch (IndexFormatException format) when (format.IsOlder)
        {
            return false;
        }
    }
}
