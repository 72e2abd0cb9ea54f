using Dragoman.Collections.Errors;

namespace Dragoman.Tensors.Errors;

/// <summary>libtorch, or the bridge to it, is not on this machine. The message names the package and the command that installs it.</summary>
public sealed class TorchUnavailableException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="reason">Why the bridge could not be loaded.</param>
    public TorchUnavailableException(string reason)
        : base($"This needs libtorch (package libtorch-dev), which could not be used: {reason} Install it with 'apt-get install libtorch-dev libopenblas0-openmp cmake g++', then run './dragoman setup'.")
    {
    }
}
