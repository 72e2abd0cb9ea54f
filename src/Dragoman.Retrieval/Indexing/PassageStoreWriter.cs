using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Writes passages as they come; holds only ids, offsets and languages in memory. Not thread-safe.</summary>
internal sealed class PassageStoreWriter : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _records;
    private readonly List<long> _offsets = [0];
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<ushort> _languages = [];
    private readonly List<string> _tags = [];
    private readonly Dictionary<string, ushort> _ordinalOfTag = new(StringComparer.Ordinal);

    internal PassageStoreWriter(string folder)
    {
        _folder = folder;
        _records = new FileStream(Path.Combine(folder, IndexFiles.Passages), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
    }

    internal int Count => _ids.Count;

    /// <summary>Language tags in order of first appearance; a passage's language ordinal is the place in this list.</summary>
    internal IReadOnlyList<string> Languages => _tags;

    /// <summary>Appends a passage and returns the ordinal of its language.</summary>
    /// <exception cref="DragomanException">The id is empty, holds white space or was seen before, or the language is not a BCP 47 tag.</exception>
    internal ushort Add(Passage passage)
    {
        var tag = Check(passage);
        WriteText(passage.Id);
        WriteText(passage.Title);
        WriteText(passage.Text);
        _offsets.Add(_records.Position);
        _ids.Add(passage.Id);
        if (!_ordinalOfTag.TryGetValue(tag, out var language))
        {
            if (_tags.Count == ushort.MaxValue) throw new DragomanException($"More than {ushort.MaxValue} languages; are the language tags right?");
            language = (ushort)_tags.Count;
            _tags.Add(tag);
            _ordinalOfTag.Add(tag, language);
        }
        _languages.Add(language);
        return language;
    }

    /// <summary>Writes offsets, languages and the order of ids, and closes the records.</summary>
    internal void Finish()
    {
        _records.Dispose();
        Write(IndexFiles.PassageOffsets, stream => { foreach (var offset in _offsets) VarInt.WriteFixed(stream, offset); });
        Write(IndexFiles.PassageLanguages, stream =>
        {
            foreach (var language in _languages)
            {
                stream.WriteByte((byte)language);
                stream.WriteByte((byte)(language >> 8));
            }
        });
        var byId = Enumerable.Range(0, _ids.Count).ToArray();
        Array.Sort(_ids.ToArray(), byId, StringComparer.Ordinal);
        var rankOfPassage = new int[byId.Length];
        for (var rank = 0; rank < byId.Length; rank++) rankOfPassage[byId[rank]] = rank;
        Write(IndexFiles.PassageOrder, stream => { foreach (var rank in rankOfPassage) VarInt.WriteFixed(stream, rank); });
    }

    /// <summary>Refuses what an index cannot hold; gives the language tag in its usual case.</summary>
    private string Check(Passage passage)
    {
        if (passage.Id.Length == 0 || passage.Id.Any(char.IsWhiteSpace))
            throw new DragomanException($"Passage {Count + 1} has the id \"{passage.Id}\"; an id must not be empty or hold white space.");
        if (!LanguageTag.TryParse(passage.Language, out var tag, out var problem)) throw new DragomanException($"Passage {passage.Id}: {problem}");
        if (!_seen.Add(passage.Id))
            throw new DragomanException($"Passage id {passage.Id} occurs twice (again as passage {Count + 1}); ids must be unique in a collection.");
        return tag.Value;
    }

    private void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        VarInt.Write(_records, (ulong)bytes.Length);
        _records.Write(bytes);
    }

    private void Write(string name, Action<Stream> write)
    {
        using var stream = new FileStream(Path.Combine(_folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
        write(stream);
    }

    public void Dispose() => _records.Dispose();
}
