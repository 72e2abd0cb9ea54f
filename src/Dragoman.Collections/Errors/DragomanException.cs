namespace Dragoman.Collections.Errors;

/// <summary>
/// A failure the user can act on: bad input, a missing file, a model that does not fit. The message is one clear sentence that says
/// what happened, where, and what to do; command-line programs print it alone, without a stack trace.
/// </summary>
public class DragomanException : Exception
{
    /// <summary>Creates the failure with a message for a person.</summary>
    /// <param name="message">One sentence: what, where, what to do.</param>
    public DragomanException(string message) : base(message)
    {
    }

    /// <summary>Creates the failure with a message for a person and the exception that led to it.</summary>
    /// <param name="message">One sentence: what, where, what to do.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public DragomanException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
