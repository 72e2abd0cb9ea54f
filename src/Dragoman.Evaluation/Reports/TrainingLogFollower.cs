using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Reports;

/// <summary>Reads a training log that may still grow: each look reads what was added since. Not thread-safe.</summary>
public sealed class TrainingLogFollower
{
    private TrainingLogEntries _entries = new();
    private long _offset, _line;

    /// <summary>Follows a log.</summary>
    /// <param name="name">What to call the run.</param>
    /// <param name="path">The log, not compressed.</param>
    public TrainingLogFollower(string name, string path)
    {
        (Name, FilePath) = (name, path);
        Curves = _entries.Curves(name);
    }

    /// <summary>What the run is called.</summary>
    public string Name { get; }

    /// <summary>The log.</summary>
    public string FilePath { get; }

    /// <summary>The curves as of the last look.</summary>
    public TrainingCurves Curves { get; private set; }

    /// <summary>When the log was last written to.</summary>
    public DateTimeOffset LastWritten { get; private set; }

    /// <summary>Reads what was added. A last line without its end is left for the next look; a log that has become shorter is read anew.</summary>
    /// <exception cref="DataFormatException">A line is no JSON object.</exception>
    /// <exception cref="DragomanException">The log cannot be read, or is none.</exception>
    public void Refresh()
    {
        string text;
        try
        {
            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            LastWritten = new DateTimeOffset(File.GetLastWriteTimeUtc(FilePath), TimeSpan.Zero);
            if (file.Length < _offset) (_entries, _offset, _line) = (new TrainingLogEntries(), 0, 0);
            file.Position = _offset;
            var bytes = new byte[file.Length - _offset];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var end = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            text = Encoding.UTF8.GetString(bytes.AsSpan(0, end));
            _offset += end;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DragomanException($"{FilePath} cannot be read: {failure.Message}", failure);
        }
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            _line++;
            if (!string.IsNullOrWhiteSpace(line) && !_entries.Add(line)) throw TrainingLogEntries.Broken(FilePath, _line);
        }
        if (_line > 0 && !_entries.IsLog) throw new DragomanException($"{FilePath} tells of no training; is it the log of 'dragoman train'?");
        Curves = _entries.Curves(Name);
    }
}
