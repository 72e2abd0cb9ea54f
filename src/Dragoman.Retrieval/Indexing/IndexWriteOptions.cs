using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing.Weights;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>How passages get into an index.</summary>
public record IndexWriteOptions
{
    /// <summary>Turns texts into terms; its identity is stored. Used by several threads at once.</summary>
    public required IAnalyzer Analyzer { get; init; }

    /// <summary>Turns texts into vectors; its identity is stored. The caller owns it. Used by one thread at a time.</summary>
    /// <value>Null by default: an index without vectors.</value>
    public ITextEncoder? Encoder { get; init; }

    /// <summary>Vectors that <see cref="Encoder"/> made of the passages before, so that it need not encode them now. Read once, by one thread; the caller owns them.</summary>
    /// <value>Null by default: the encoder makes them.</value>
    public IPassageVectors? Vectors { get; init; }

    /// <summary>Gives terms of query languages their weights in passages, for PSQ-HMM; its settings are stored. Passages can be added to an index with weights only through one of the same settings.</summary>
    /// <value>Null by default: an index without weights.</value>
    public PassageWeigher? Weigher { get; init; }

    /// <summary>Number of passages encoded at a time.</summary>
    /// <value>2,048 by default: enough to find many of like length for a transformer's batches.</value>
    public int EncodingBatch { get; init; } = 2048;

    /// <summary>About how much memory passages may take until they are written, in bytes: half for the segment that is gathered, half for the one that is written meanwhile. A segment holds one passage at least.</summary>
    /// <value>512 MiB by default.</value>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Number of threads that analyse texts and weigh terms. The index does not depend on it.</summary>
    /// <value>The number of processors by default.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public virtual IEnumerable<string> Problems()
    {
        if (Vectors is not null && Encoder is null) yield return "Vectors are given without the encoder that made them; give both.";
        if (EncodingBatch < 1) yield return FormattableString.Invariant($"EncodingBatch is {EncodingBatch}; use 1 or more.");
        if (MemoryBytes < 1) yield return FormattableString.Invariant($"MemoryBytes is {MemoryBytes}; use 1 or more.");
        if (Threads < 1) yield return FormattableString.Invariant($"Threads is {Threads}; use 1 or more.");
    }
}
