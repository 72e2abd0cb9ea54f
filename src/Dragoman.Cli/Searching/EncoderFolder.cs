using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;

namespace Dragoman.Cli.Searching;

/// <summary>Loads the encoder of a model folder.</summary>
internal static class EncoderFolder
{
    /// <summary>Loads an encoder; the caller disposes it.</summary>
    /// <exception cref="DragomanException">The folder is missing or its model cannot be loaded.</exception>
    internal static ITextEncoder Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DragomanException($"The model folder {folder} does not exist; name another with --model DIR, or use terms only with --model none.");
        throw new DragomanException($"This version cannot load an encoder from {folder}; use terms only with --model none.");
    }
}
