using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing;

/// <summary>The passages of an index, by ordinal from 0 in the order they were added. Texts stay on disk until asked for. Thread-safe until disposed.</summary>
public sealed class PassageStore : IDisposable
{
    private readonly MappedFile _records;
    private readonly MappedFile _offsets;
    private readonly ushort[] _languages;
    private readonly int[] _rankOfPassage;
    private readonly int[] _passageOfRank;

    private PassageStore(MappedFile records, MappedFile offsets, ushort[] languages, int[] rankOfPassage, int[] passageOfRank, IReadOnlyList<string> tags)
    {
        _records = records;
        _offsets = offsets;
        _languages = languages;
        _rankOfPassage = rankOfPassage;
        _passageOfRank = passageOfRank;
        Languages = tags;
    }

    /// <summary>Number of passages, N.</summary>
    public int Count => _languages.Length;

    /// <summary>BCP 47 tags of the languages present; their places are the language ordinals.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Language ordinal of every passage, shape [N].</summary>
    public ReadOnlySpan<ushort> LanguageOrdinals => _languages;

    /// <summary>Place of a passage's id in ascending ordinal order of all ids, from 0. Of two passages with equal scores the one with the higher rank comes first.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    public int IdRank(int ordinal) => _rankOfPassage[ordinal];

    /// <summary>Reads a passage.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <exception cref="DataFormatException">The store is damaged.</exception>
    public Passage Read(int ordinal)
    {
        var record = Record(ordinal);
        var position = 0;
        return new Passage(ReadText(record, ref position), ReadText(record, ref position), ReadText(record, ref position), Languages[_languages[ordinal]]);
    }

    /// <summary>Reads only the id of a passage.</summary>
    /// <param name="ordinal">Passage ordinal, from 0.</param>
    /// <exception cref="DataFormatException">The store is damaged.</exception>
    public string ReadId(int ordinal)
    {
        var position = 0;
        return ReadText(Record(ordinal), ref position);
    }

    /// <summary>Finds a passage by id, by binary search.</summary>
    /// <param name="passageId">The id, compared ordinally.</param>
    /// <param name="ordinal">The passage's ordinal; -1 when there is none.</param>
    /// <returns>Whether there is such a passage.</returns>
    public bool TryFind(string passageId, out int ordinal)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            ordinal = _passageOfRank[middle];
            var comparison = string.CompareOrdinal(ReadId(ordinal), passageId);
            if (comparison == 0) return true;
            if (comparison < 0) low = middle + 1; else high = middle - 1;
        }
        ordinal = -1;
        return false;
    }

    internal static PassageStore Open(string folder, int count, IReadOnlyList<string> tags)
    {
        var records = new MappedFile(Path.Combine(folder, IndexFiles.Passages));
        var offsets = new MappedFile(Path.Combine(folder, IndexFiles.PassageOffsets));
        try
        {
            if (offsets.Length != (count + 1L) * sizeof(long)) throw offsets.Damaged($"{offsets.Length} bytes for {count} passages");
            using var languageFile = new MappedFile(Path.Combine(folder, IndexFiles.PassageLanguages));
            var languages = MemoryMarshal.Cast<byte, ushort>(languageFile.Slice(0, checked(count * sizeof(ushort)))).ToArray();
            if (languages.Any(language => language >= tags.Count)) throw languageFile.Damaged($"a language ordinal beyond {tags.Count - 1}");
            using var orderFile = new MappedFile(Path.Combine(folder, IndexFiles.PassageOrder));
            var rankOfPassage = MemoryMarshal.Cast<byte, int>(orderFile.Slice(0, checked(count * sizeof(int)))).ToArray();
            var passageOfRank = new int[count];
            Array.Fill(passageOfRank, -1);
            for (var passage = 0; passage < count; passage++)
            {
                var rank = rankOfPassage[passage];
                if ((uint)rank >= (uint)count || passageOfRank[rank] >= 0) throw orderFile.Damaged($"rank {rank} is out of range or used twice");
                passageOfRank[rank] = passage;
            }
            return new PassageStore(records, offsets, languages, rankOfPassage, passageOfRank, tags);
        }
        catch
        {
            records.Dispose();
            offsets.Dispose();
            throw;
        }
    }

    private ReadOnlySpan<byte> Record(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, Count);
        var bounds = MemoryMarshal.Cast<byte, long>(_offsets.Slice((long)ordinal * sizeof(long), 2 * sizeof(long)));
        var length = bounds[1] - bounds[0];
        if (length is < 0 or > int.MaxValue) throw _offsets.Damaged($"passage {ordinal} would have {length} bytes");
        return _records.Slice(bounds[0], (int)length);
    }

    private string ReadText(ReadOnlySpan<byte> record, ref int position)
    {
        if (!VarInt.TryRead(record, ref position, out var length) || length > (ulong)(record.Length - position)) throw _records.Damaged("a text reaches beyond its record");
        var text = Encoding.UTF8.GetString(record.Slice(position, (int)length));
        position += (int)length;
        return text;
    }

    /// <summary>Unmaps the files.</summary>
    public void Dispose()
    {
        _records.Dispose();
        _offsets.Dispose();
    }
}
