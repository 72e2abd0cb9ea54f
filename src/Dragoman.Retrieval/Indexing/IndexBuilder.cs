using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Builds an index from a stream of passages: texts and vectors go straight to disk, postings are held compressed until the end.</summary>
public static class IndexBuilder
{
    private const int PassagesPerReport = 500;

    /// <summary>Builds an index; on any failure nothing is left behind, and an index that was there before stays.</summary>
    /// <param name="passages">The passages; ids must be unique.</param>
    /// <param name="path">The folder to write.</param>
    /// <param name="options">Analyzer, encoder and the like.</param>
    /// <param name="progress">Receives the number of passages read so far, now and then.</param>
    /// <param name="cancellationToken">Stops the work and removes what was written.</param>
    /// <returns>What the index holds.</returns>
    /// <exception cref="DragomanException">There are no passages, an id occurs twice, or a language is not a tag.</exception>
    public static IndexManifest Build(IEnumerable<Passage> passages, string path, IndexBuildOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EncodingBatch, 1);
        using var stage = StageFolder.Begin(path);
        IndexManifest manifest;
        using (var writer = new IndexWriter(stage.WorkingPath, options))
        {
            foreach (var passage in passages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Add(passage);
                if (writer.Count % PassagesPerReport == 0) progress?.Report(writer.Count);
            }
            manifest = writer.Finish();
        }
        progress?.Report(manifest.Passages);
        stage.Complete((JsonObject)options.Config.DeepClone(), manifest.ToJson());
        return manifest;
    }
}
