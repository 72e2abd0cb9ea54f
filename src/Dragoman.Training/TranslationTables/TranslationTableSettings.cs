using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.TranslationTables;

/// <summary>What translation tables to learn, from what, how.</summary>
internal sealed record TranslationTableSettings
{
    /// <summary>Name of the analyzer that makes terms of parallel text; queries and passages must come from the same one.</summary>
    internal required string Analyzer { get; init; }

    /// <summary>The pairs of languages; each gives two tables, one for each direction.</summary>
    internal required IReadOnlyList<(string From, string To)> Pairs { get; init; }

    /// <summary>Files of parallel text. Held-out rows are not used.</summary>
    internal required IReadOnlyList<ParallelSource> Sources { get; init; }

    /// <summary>Origins (the rows' <c>src</c>) whose rows are left out, because a test collection was made from them.</summary>
    internal required IReadOnlyList<string> ExcludedOrigins { get; init; }

    /// <summary>Texts of more terms than this are passed over; from 1 to 200.</summary>
    internal required int MaxTerms { get; init; }

    /// <summary>How words are aligned.</summary>
    internal required WordAlignmentOptions Alignment { get; init; }

    /// <summary>How tables are made of alignments.</summary>
    internal required TableOptions Table { get; init; }
}
