using Dragoman.Cli.Vectors;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Tensors;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Searching;

/// <summary>Opens an index with the analyzer and the encoder it was built with.</summary>
internal static class EngineOpener
{
    /// <summary>Opens an index for searching.</summary>
    /// <param name="path">The index folder.</param>
    /// <param name="model">The encoder's folder; null for the one the index was built with, or the shipped one where that is gone.</param>
    /// <param name="method">The method wanted, null for the default; one that matches terms loads no encoder.</param>
    /// <param name="options">The weights of the methods that match terms.</param>
    /// <param name="tables">The folder of the tables for <c>psq</c>; null for those the index was built with.</param>
    /// <param name="device">Where the encoder computes; null for a CUDA device where there is one.</param>
    /// <exception cref="DragomanException">The index or the encoder cannot be opened, or they do not fit.</exception>
    internal static SearchEngine Open(string path, string? model, string? method, SearchEngineOptions? options = null, string? tables = null, DeviceChoice? device = null)
    {
        var index = SearchIndex.Open(path);
        try
        {
            if (device?.Kind == DeviceKind.Cuda && (index.Vectors is null || SearchOptions.MatchesTerms(method)))
                throw new ConfigurationException("--device", [$"{device} is for encoders, but {(index.Vectors is null ? $"index {path} has no vectors" : $"--method {method} needs none")}; leave it out."]);
            return Over(index, model, method, options, folder => PlacedEncoder.Load(folder, Precision.Auto, device), tables);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Makes an engine over an index that is open.</summary>
    /// <param name="index">The index; the engine owns it from then on, the caller when this throws.</param>
    /// <param name="model">The encoder's folder; null for the one the index was built with, or the shipped one where that is gone.</param>
    /// <param name="method">The method wanted, null for the default; one that matches terms loads no encoder.</param>
    /// <param name="options">The weights of the methods that match terms.</param>
    /// <param name="load">Loads the encoder of a folder.</param>
    /// <param name="tables">The folder of the tables for <c>psq</c>; null for those the index was built with.</param>
    /// <exception cref="DragomanException">The encoder cannot be opened or does not fit.</exception>
    internal static SearchEngine Over(SearchIndex index, string? model, string? method, SearchEngineOptions? options, Func<string, ITextEncoder> load, string? tables = null)
    {
        ITextEncoder? encoder = null;
        try
        {
            var configuration = IndexConfiguration.Of(index.Config, Analyzers.Default);
            if (index.Vectors is null && model is not null) throw new ConfigurationException("--model", [$"index {index.FolderPath} was built without vectors, so that no encoder is used; leave it out or rebuild with 'dragoman index --model {model}'."]);
            if (index.Vectors is not null && !SearchOptions.MatchesTerms(method)) encoder = load(ModelFolder(index, model, configuration.Model));
            var engine = new SearchEngine(index, Analyzers.Named(configuration.Analyzer), encoder, options);
            if ((tables ?? TranslationOptions.FolderOf(index)) is { } folder) engine.AddTables(TranslationFolder.Open(folder));
            else if (method == "psq") TranslationOptions.RequireFolder(index);
            return engine;
        }
        catch
        {
            encoder?.Dispose();
            throw;
        }
    }

    /// <summary>The folder of the encoder that built an index: the one named, or the one it was built with, or the shipped one where that is gone.</summary>
    internal static string ModelFolder(SearchIndex index, string? named, string? built)
    {
        if (named is not null) return named;
        if (built is not null && Directory.Exists(built)) return built;
        return ShippedModel.FindOrNull()
            ?? throw new DragomanException($"The encoder of index {index.FolderPath} ({index.Manifest.Encoder}) is not at {built ?? "a known place"} any more; name its folder with --model DIR, or use --method bm25.");
    }
}
