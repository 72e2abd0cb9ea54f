using Dragoman.Collections.Errors;

namespace Dragoman.Tensors.Errors;

/// <summary>A process could not join the others, or has lost one of them: a collective cannot end any more.</summary>
public sealed class ProcessGroupException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What happened, to which process, and why.</param>
    /// <param name="cause">What libtorch said; null when nothing.</param>
    public ProcessGroupException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
