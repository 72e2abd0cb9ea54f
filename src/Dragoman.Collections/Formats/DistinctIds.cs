using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Ids seen in a file, or in the files of one set, with their lines, to refuse a second occurrence.</summary>
/// <param name="kind">What the ids name, for the message: <c>passage</c> or <c>query</c>.</param>
internal sealed class DistinctIds(string kind)
{
    private readonly IdTable _ids = new();
    private readonly List<int> _lines = [];
    private readonly List<(int FirstId, string Path)> _files = [];

    internal int Count => _ids.Count;

    internal void Add(Utf8LineReader reader, string id)
    {
        if (_files.Count == 0 || _files[^1].Path != reader.Path) _files.Add((_ids.Count, reader.Path));
        var index = _ids.Add(id);
        if (index < _lines.Count)
        {
            var path = _files.FindLast(file => file.FirstId <= index).Path;
            throw reader.Failure($"the {kind} id {id} is already on line {_lines[index]}{(path == reader.Path ? "" : " of " + path)}; ids must be unique.");
        }
        _lines.Add(reader.LineNumber);
    }
}
