using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>What an index was built with; the same for all its generations until it is rebuilt.</summary>
/// <param name="Analyzer">Identity of the analyzer.</param>
/// <param name="Encoder">Identity of the encoder; null without vectors.</param>
/// <param name="Dimension">Length of a vector, in numbers; 0 without vectors.</param>
/// <param name="Precision">How vectors are kept.</param>
/// <param name="Config">The effective configuration, JSON.</param>
/// <param name="Inputs">Names and fingerprints of what it was built from, JSON; null when not told.</param>
/// <param name="Positions">Whether it is known where terms stand in passages.</param>
/// <param name="Weights">What the weights of query terms were made with, JSON; null without weights.</param>
/// <param name="Graphs">How graphs of vectors are made, JSON; null without graphs.</param>
internal sealed record IndexSettings(string Analyzer, string? Encoder, int Dimension, VectorPrecision Precision, string Config, string? Inputs, bool Positions, string? Weights = null, string? Graphs = null);

/// <summary>A segment as it is published.</summary>
/// <param name="Number">Its number; numbers are never used again.</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="Checksum">The checksum in its file's footer.</param>
/// <param name="Passages">Number of passages, deleted ones included.</param>
/// <param name="Deleted">The deleted passages as gaps; empty when there are none.</param>
/// <param name="Weights">The file with the weights of query terms in its passages; null when the index has none.</param>
/// <param name="Graphs">The file with the graphs of its vectors; null when it has none.</param>
internal sealed record PublishedSegment(long Number, long Bytes, uint Checksum, int Passages, byte[] Deleted, PublishedFile? Weights = null, PublishedFile? Graphs = null);

/// <summary>A file beside a segment as it is published.</summary>
/// <param name="Number">Its number, of the sequence of the segments.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Checksum">The checksum in its footer.</param>
internal sealed record PublishedFile(long Number, long Bytes, uint Checksum);

/// <summary>A generation of an index: all that a reader needs to find.</summary>
/// <param name="Generation">Number of the publication, from 1.</param>
/// <param name="NextSegment">The next number for a segment.</param>
/// <param name="Settings">What the index was built with.</param>
/// <param name="Segments">The segments, in ascending order of their numbers.</param>
internal sealed record PublishedIndex(long Generation, long NextSegment, IndexSettings Settings, IReadOnlyList<PublishedSegment> Segments)
{
    /// <summary>SHA-256 of everything here: the database has no checksums of its own, and must not hold another state than was published.</summary>
    internal byte[] Digest()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(IndexManifest.CurrentVersion);
            writer.Write(Generation);
            writer.Write(NextSegment);
            writer.Write(Settings.Analyzer);
            Write(writer, Settings.Encoder);
            writer.Write(Settings.Dimension);
            writer.Write((int)Settings.Precision);
            writer.Write(Settings.Config);
            Write(writer, Settings.Inputs);
            writer.Write(Settings.Positions);
            Write(writer, Settings.Weights);
            Write(writer, Settings.Graphs);
            foreach (var segment in Segments)
            {
                writer.Write(segment.Number);
                writer.Write(segment.Bytes);
                writer.Write(segment.Checksum);
                writer.Write(segment.Passages);
                writer.Write(segment.Deleted.Length);
                writer.Write(segment.Deleted);
                Write(writer, segment.Weights);
                Write(writer, segment.Graphs);
            }
        }
        return SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Write(BinaryWriter writer, PublishedFile? file)
    {
        writer.Write(file is not null);
        if (file is null) return;
        writer.Write(file.Number);
        writer.Write(file.Bytes);
        writer.Write(file.Checksum);
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }
}

/// <summary>What a publication did, for the history.</summary>
/// <param name="Operation">The operation: <c>build</c>, <c>add</c>, <c>delete</c>, <c>merge</c>, <c>psq</c>, <c>graphs</c>.</param>
/// <param name="Added">Number of passages added.</param>
/// <param name="Deleted">Number of passages deleted or replaced.</param>
internal sealed record PublicationNote(string Operation, long Added, long Deleted);
