namespace Dragoman.Training.Tests;

/// <summary>Cancels once a line starts with a text.</summary>
internal sealed class CancellingWriter(string start, CancellationTokenSource source) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(start, StringComparison.Ordinal) == true) source.Cancel();
    }
}
