using Dragoman.Collections.Errors;

namespace Dragoman.Tensors.Errors;

/// <summary>A weight file cannot be used, or a tensor in it is missing, unknown, or of the wrong shape or type.</summary>
public sealed class CheckpointException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="path">The weight file as the user named it.</param>
    /// <param name="key">The tensor's name; empty when the whole file is meant.</param>
    /// <param name="problem">What is wrong and what to do, without path and key.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public CheckpointException(string path, string key, string problem, Exception? innerException = null)
        : base(key.Length > 0 ? $"{path}, tensor '{key}': {problem}" : $"{path}: {problem}", innerException)
    {
        Path = path;
        Key = key;
    }

    /// <summary>The weight file as the user named it.</summary>
    public string Path { get; }

    /// <summary>The tensor's name; empty when the whole file is meant.</summary>
    public string Key { get; }
}
