using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// Terms and their postings. The postings of a term lie language by language, so that a search in one language touches no other.
/// The term dictionary and the passage lengths are in memory, the postings are memory-mapped. Thread-safe until disposed.
/// </summary>
public sealed class InvertedIndex : IDisposable
{
    private readonly MappedFile _postings;
    private readonly Dictionary<string, Entry> _terms;
    private readonly int[] _lengths;
    private readonly LanguageStatistics[] _statistics;

    private InvertedIndex(MappedFile postings, Dictionary<string, Entry> terms, int[] lengths, LanguageStatistics[] statistics)
    {
        _postings = postings;
        _terms = terms;
        _lengths = lengths;
        _statistics = statistics;
    }

    /// <summary>Number of distinct terms.</summary>
    public int TermCount => _terms.Count;

    /// <summary>Number of passages, N.</summary>
    public int PassageCount => _lengths.Length;

    /// <summary>Number of terms of every passage, shape [N].</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Statistics of the passages in some languages, as an index of only those passages would have them.</summary>
    /// <param name="languages">One flag per language ordinal.</param>
    public ICollectionStatistics Statistics(bool[] languages) => new SelectedStatistics(this, languages);

    /// <summary>The postings of a term in some languages; empty when the term is unknown.</summary>
    /// <param name="term">The term, as the analyzer gave it.</param>
    /// <param name="languages">One flag per language ordinal.</param>
    /// <exception cref="DataFormatException">The postings are damaged.</exception>
    public PostingsReader Postings(string term, ReadOnlySpan<bool> languages) =>
        _terms.TryGetValue(term, out var entry) ? new PostingsReader(this, _postings.Slice(entry.Offset, entry.Length), languages) : default;

    internal static InvertedIndex Open(string folder, PassageStore passages)
    {
        var terms = ReadTerms(folder);
        using var lengthFile = new MappedFile(Path.Combine(folder, IndexFiles.Lengths));
        var lengths = MemoryMarshal.Cast<byte, int>(lengthFile.Slice(0, checked(passages.Count * sizeof(int)))).ToArray();
        var statistics = new LanguageStatistics[passages.Languages.Count];
        for (var passage = 0; passage < lengths.Length; passage++)
        {
            if (lengths[passage] < 0) throw lengthFile.Damaged($"passage {passage} has the length {lengths[passage]}");
            ref var language = ref statistics[passages.LanguageOrdinals[passage]];
            if (lengths[passage] > 0) language.PassageCount++;
            language.TokenCount += lengths[passage];
        }
        return new InvertedIndex(new MappedFile(Path.Combine(folder, IndexFiles.Postings)), terms, lengths, statistics);
    }

    internal DataFormatException Damaged(string problem) => _postings.Damaged(problem);

    private static Dictionary<string, Entry> ReadTerms(string folder)
    {
        using var file = new MappedFile(Path.Combine(folder, IndexFiles.Terms));
        if (file.Length > int.MaxValue) throw file.Damaged("it has more than 2 GiB");
        var bytes = file.Slice(0, (int)file.Length);
        var position = 0;
        if (!VarInt.TryRead(bytes, ref position, out var count) || count > (ulong)bytes.Length) throw file.Damaged("the number of terms is unreadable");
        var terms = new Dictionary<string, Entry>((int)count, StringComparer.Ordinal);
        var offset = 0L;
        for (var index = 0UL; index < count; index++)
        {
            if (!VarInt.TryRead(bytes, ref position, out var length) || length > (ulong)(bytes.Length - position)) throw file.Damaged($"term {index} is cut short");
            var term = Encoding.UTF8.GetString(bytes.Slice(position, (int)length));
            position += (int)length;
            if (!VarInt.TryRead(bytes, ref position, out var postings) || postings > int.MaxValue) throw file.Damaged($"the postings of term {index} have no length");
            if (!terms.TryAdd(term, new Entry(offset, (int)postings))) throw file.Damaged($"term {index} occurs twice");
            offset += (long)postings;
        }
        return terms;
    }

    /// <summary>Unmaps the postings.</summary>
    public void Dispose() => _postings.Dispose();

    private readonly record struct Entry(long Offset, int Length);

    private struct LanguageStatistics
    {
        internal long PassageCount;
        internal long TokenCount;
    }

    private sealed class SelectedStatistics : ICollectionStatistics
    {
        private readonly InvertedIndex _index;
        private readonly bool[] _languages;

        internal SelectedStatistics(InvertedIndex index, bool[] languages)
        {
            _index = index;
            _languages = languages;
            var tokens = 0L;
            for (var language = 0; language < languages.Length; language++)
            {
                if (!languages[language]) continue;
                PassageCount += index._statistics[language].PassageCount;
                tokens += index._statistics[language].TokenCount;
            }
            AverageLength = PassageCount == 0 ? 0 : (double)tokens / PassageCount;
        }

        public long PassageCount { get; }

        public double AverageLength { get; }

        public long PassagesWith(string term) => _index.Postings(term, _languages).PassageCount;
    }
}
