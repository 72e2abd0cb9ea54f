using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A segment opened for reading: nothing of it changes any more. Thread-safe until disposed.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly SegmentFile _file;
    private readonly MappedSection _forwardEnds, _forward, _lengths;
    private readonly TermDictionary[] _terms;
    private readonly MappedSection[] _postings;
    private readonly int[] _firsts;

    /// <summary>Opens a segment.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="number">Its number in the index.</param>
    /// <exception cref="DataFormatException">The file is missing, cut short or damaged.</exception>
    internal SegmentReader(string path, long number)
    {
        Number = number;
        _file = new SegmentFile(path, number);
        try
        {
            Description = SegmentDescription.Read(_file);
            Passages = new SegmentPassages(_file, Description.Passages);
            _lengths = _file.Section(SectionKind.Lengths);
            _forwardEnds = _file.Section(SectionKind.ForwardEnds);
            _forward = _file.Section(SectionKind.Forward);
            _terms = [.. Description.Languages.Select((language, place) => new TermDictionary(_file, place, language.Terms))];
            _postings = [.. Description.Languages.Select((_, place) => _file.Section(SectionKind.Postings, place))];
            _firsts = new int[_terms.Length + 1];
            for (var language = 0; language < _terms.Length; language++) _firsts[language + 1] = _firsts[language] + Description.Languages[language].Passages;
            if (_lengths.Length != (long)Passages.Count * sizeof(int)) throw _file.Damaged($"{_lengths.Length} bytes of lengths for {Passages.Count} passages");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The segment's number in its index.</summary>
    internal long Number { get; }

    internal SegmentDescription Description { get; }

    internal SegmentPassages Passages { get; }

    /// <summary>Size in bytes.</summary>
    internal long Bytes => _file.Bytes;

    /// <summary>A checksum over the whole file.</summary>
    internal uint Checksum => _file.Checksum;

    /// <summary>Number of terms of every passage, shape [N].</summary>
    internal ReadOnlySpan<int> Lengths => _lengths.Numbers<int>();

    /// <summary>Number of the first passage in a language; for the number of languages, the number of passages.</summary>
    internal int FirstOf(int language) => _firsts[language];

    /// <summary>Number of the language that a passage is in.</summary>
    internal int LanguageOf(int passage)
    {
        var language = 0;
        while (_firsts[language + 1] <= passage) language++;
        return language;
    }

    /// <summary>The terms of a language.</summary>
    internal TermDictionary Terms(int language) => _terms[language];

    /// <summary>The postings of a term; passage numbers count from the first passage in the language.</summary>
    internal PostingsCursor Postings(int language, TermEntry entry) => new(_postings[language], entry);

    /// <summary>Where the terms of a language stand.</summary>
    /// <exception cref="DataFormatException">The segment holds no positions.</exception>
    internal TermPositions Positions(int language) => new(_file, language);

    /// <summary>The distinct terms of a passage with how often they occur.</summary>
    internal PassageTerms TermsOf(int passage)
    {
        var start = passage == 0 ? 0 : _forwardEnds.Number<long>(passage - 1);
        return new PassageTerms(_file, _forward.Slice(start, checked((int)(_forwardEnds.Number<long>(passage) - start))));
    }

    /// <summary>The rows of the vectors in a finer form; null when there is one form only.</summary>
    internal MappedSection? FineVectors => Description.Dimension == 0 || VectorRows.FineFormOf(Description.Precision) is null ? null : _file.Section(SectionKind.FineVectors);

    /// <summary>The rows of the vectors; without vectors, null.</summary>
    internal MappedSection? Vectors => Description.Dimension == 0 ? null : _file.Section(SectionKind.Vectors);

    /// <summary>The rows of the vectors that searches read, counted from a passage on.</summary>
    internal PartitionRows RowsFrom(int first) => new(Vectors!.Value, first, Description.Dimension, VectorRows.FormOf(Description.Precision));

    /// <summary>Checks every page.</summary>
    /// <exception cref="DataFormatException">A page does not match its checksum.</exception>
    internal void VerifyAll() => _file.VerifyAll();

    internal DataFormatException Damaged(string problem) => _file.Damaged(problem);

    public void Dispose() => _file.Dispose();
}

/// <summary>Reads the distinct terms of a passage, in ascending order of their numbers in the language's dictionary.</summary>
internal ref struct PassageTerms
{
    private readonly SegmentFile _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position, _term;

    internal PassageTerms(SegmentFile file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
        _term = -1;
    }

    /// <summary>Reads the next term.</summary>
    /// <param name="term">Its number in the dictionary.</param>
    /// <param name="frequency">How often it occurs in the passage.</param>
    internal bool TryRead(out int term, out int frequency)
    {
        (term, frequency) = (0, 0);
        if (_position == _bytes.Length) return false;
        if (!VarInt.TryRead(_bytes, ref _position, out var gap) || !VarInt.TryRead(_bytes, ref _position, out var occurrences)) throw _file.Damaged("the terms of a passage are cut short");
        term = _term += (int)gap + 1;
        frequency = (int)occurrences;
        return true;
    }
}
