using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Ids seen in a file with their lines, to refuse a second occurrence.</summary>
/// <param name="kind">What the ids name, for the message: <c>passage</c> or <c>query</c>.</param>
internal sealed class DistinctIds(string kind)
{
    private readonly IdTable _ids = new();
    private readonly List<int> _lines = [];

    internal int Count => _ids.Count;

    internal void Add(Utf8LineReader reader, string id)
    {
        var index = _ids.Add(id);
        if (index < _lines.Count) throw reader.Failure($"the {kind} id {id} is already on line {_lines[index]}; ids must be unique.");
        _lines.Add(reader.LineNumber);
    }
}
