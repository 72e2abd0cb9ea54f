using Dragoman.Models.Encoders;

namespace Dragoman.Training.Configuration;

/// <summary>Reads keys that name a model, so that a wrong folder is told of with its line, before anything is loaded.</summary>
internal static class EncoderPaths
{
    /// <summary>A model folder, or a run, that may be left out.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">The key.</param>
    internal static string? OptionalModelOrRun(this ConfigurationSection section, string key)
    {
        var path = section.OptionalFilePath(key);
        if (path is not null && Directory.Exists(path) && !EncoderLoader.HoldsEncoder(path)) section.Problem(key, $"is {path}, a folder without a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder or cross-encoder, or a run.");
        return path;
    }

    /// <summary>The folder of a bi-encoder, that may be left out.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">The key.</param>
    internal static string? OptionalBiEncoder(this ConfigurationSection section, string key)
    {
        var path = section.OptionalFilePath(key);
        if (path is null || !Path.Exists(path)) return path;
        if (!EncoderLoader.HoldsEncoder(path)) section.Problem(key, $"is {path}, which is no folder with a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder.");
        else if (EncoderLoader.IsCrossEncoder(path)) section.Problem(key, $"is {path}, a cross-encoder, which has no vector of a text; name the folder of a bi-encoder.");
        return path;
    }
}
