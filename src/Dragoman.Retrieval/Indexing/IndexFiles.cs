namespace Dragoman.Retrieval.Indexing;

/// <summary>Names of the files of an index folder.</summary>
internal static class IndexFiles
{
    /// <summary>Passage records: varint byte lengths, then UTF-8 bytes, of id, title and text.</summary>
    internal const string Passages = "passages.bin";

    /// <summary>Start of every passage record and the end of the last, int64 each, little-endian.</summary>
    internal const string PassageOffsets = "passages.offsets";

    /// <summary>Language ordinal of every passage, uint16 each; the manifest lists the tags.</summary>
    internal const string PassageLanguages = "passages.languages";

    /// <summary>Rank of every passage's id in ascending ordinal order, int32 each.</summary>
    internal const string PassageOrder = "passages.order";

    /// <summary>Terms in ordinal order with the place of their postings.</summary>
    internal const string Terms = "terms.bin";

    /// <summary>Postings of every term, a block per language.</summary>
    internal const string Postings = "postings.bin";

    /// <summary>Number of terms in every passage, int32 each.</summary>
    internal const string Lengths = "lengths.bin";

    /// <summary>One vector per passage.</summary>
    internal const string Vectors = "vectors.bin";

    /// <summary>What the index holds and the checksum of every file.</summary>
    internal const string Manifest = "manifest.json";

    /// <summary>The command that makes an index, for messages.</summary>
    internal const string Command = "dragoman index";
}
