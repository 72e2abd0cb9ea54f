namespace Dragoman.Collections.Errors;

/// <summary>A data file does not follow its format.</summary>
public sealed class DataFormatException : DragomanException
{
    /// <summary>Creates the failure for a line of a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="line">Line number from 1; 0 when the whole file is meant.</param>
    /// <param name="problem">What was found, what was expected, and what to do; without path and line.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public DataFormatException(string path, long line, string problem, Exception? innerException = null)
        : base(line > 0 ? $"{path}, line {line}: {problem}" : $"{path}: {problem}", innerException)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>Line number from 1; 0 when the whole file is meant.</summary>
    public long Line { get; }
}
