using System.Net.Http.Headers;
using System.Text.Json;

namespace Dragoman.Collections.Downloads;

/// <summary>
/// The beginning of a file, kept beside its target as <c>NAME.part</c> so that a later attempt or a later run can go on, with a note
/// <c>NAME.part.json</c> of the version that it belongs to.
/// </summary>
internal sealed class PartialFile(string target)
{
    private readonly string _path = target + ".part", _note = target + ".part.json";

    /// <summary>Where the bytes are.</summary>
    internal string Path => _path;

    /// <summary>Bytes that are there.</summary>
    internal long Length => new FileInfo(_path) is { Exists: true } file ? file.Length : 0;

    /// <summary>The server's mark of the version that the bytes belong to; null when it gave none or the note is not of this address.</summary>
    /// <param name="url">The address to go on from.</param>
    internal RangeConditionHeaderValue? Version(Uri url)
    {
        var note = ReadNote();
        if (note is null || note.Url != url.AbsoluteUri) return null;
        if (note.ETag is not null && EntityTagHeaderValue.TryParse(note.ETag, out var tag) && !tag.IsWeak) return new RangeConditionHeaderValue(tag);
        return note.LastModified is { } date ? new RangeConditionHeaderValue(date) : null;
    }

    /// <summary>Whether the bytes came from an address.</summary>
    /// <param name="url">The address.</param>
    internal bool IsOf(Uri url) => ReadNote()?.Url == url.AbsoluteUri;

    /// <summary>Begins anew: no bytes, and the version that an answer announces.</summary>
    internal void Restart(Uri url, HttpResponseMessage response)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        using (File.Create(_path))
        {
            // An empty file, whatever was there.
        }
        File.WriteAllText(_note, JsonSerializer.Serialize(new Note(url.AbsoluteUri, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified)));
    }

    /// <summary>Opens the file to add bytes at its end; they are not held back, so that those of a process that is killed are there.</summary>
    internal FileStream Append() => new(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Puts the file in its place.</summary>
    internal void Complete()
    {
        File.Move(_path, target, overwrite: true);
        File.Delete(_note);
    }

    /// <summary>Removes what is there.</summary>
    internal void Discard()
    {
        File.Delete(_path);
        File.Delete(_note);
    }

    private Note? ReadNote()
    {
        try
        {
            return File.Exists(_note) ? JsonSerializer.Deserialize<Note>(File.ReadAllText(_note)) : null;
        }
        catch (JsonException)
        {
            return null; // A note that was cut off: the bytes cannot be trusted to be of one version.
        }
    }

    private sealed record Note(string Url, string? ETag, DateTimeOffset? LastModified);
}
