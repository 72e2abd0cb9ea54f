using System.Text;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>What the passages of one language in a segment are. They lie together: languages in ordinal order of their tags, and within a language in the order of addition.</summary>
/// <param name="Tag">BCP 47 tag.</param>
/// <param name="Passages">Number of passages.</param>
/// <param name="PassagesWithTerms">Number of passages with at least one term.</param>
/// <param name="Tokens">Number of terms, repetitions included.</param>
/// <param name="Terms">Number of distinct terms.</param>
internal sealed record SegmentLanguage(string Tag, int Passages, int PassagesWithTerms, long Tokens, int Terms);

/// <summary>What a segment holds, as its first section says.</summary>
/// <param name="Languages">The languages.</param>
/// <param name="Dimension">Length of a vector, in numbers; 0 without vectors.</param>
/// <param name="Precision">How vectors are kept.</param>
internal sealed record SegmentDescription(IReadOnlyList<SegmentLanguage> Languages, int Dimension, VectorPrecision Precision)
{
    /// <summary>Number of passages.</summary>
    internal int Passages => Languages.Sum(language => language.Passages);

    internal void WriteTo(SegmentFileWriter writer)
    {
        writer.Begin(SectionKind.Description);
        writer.Write((ulong)Dimension);
        writer.Write((ulong)Precision);
        writer.Write((ulong)Languages.Count);
        foreach (var language in Languages)
        {
            var tag = Encoding.UTF8.GetBytes(language.Tag);
            writer.Write((ulong)tag.Length);
            writer.Write(tag);
            writer.Write((ulong)language.Passages);
            writer.Write((ulong)language.PassagesWithTerms);
            writer.Write((ulong)language.Tokens);
            writer.Write((ulong)language.Terms);
        }
        writer.End();
    }

    internal static SegmentDescription Read(SegmentFile file)
    {
        var bytes = file.Section(SectionKind.Description).All;
        var position = 0;
        var (dimension, precision) = ((int)Number(bytes, ref position), (VectorPrecision)Number(bytes, ref position));
        var languages = new SegmentLanguage[Number(bytes, ref position)];
        for (var language = 0; language < languages.Length; language++)
        {
            var length = (int)Number(bytes, ref position);
            var tag = Encoding.UTF8.GetString(bytes.Slice(position, length));
            position += length;
            languages[language] = new SegmentLanguage(tag, (int)Number(bytes, ref position), (int)Number(bytes, ref position), (long)Number(bytes, ref position), (int)Number(bytes, ref position));
        }
        return new SegmentDescription(languages, dimension, precision);

        ulong Number(ReadOnlySpan<byte> from, ref int at) => VarInt.TryRead(from, ref at, out var number) ? number : throw file.Damaged("its description is cut short");
    }
}
