using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>How the queries of a file are laid out.</summary>
internal enum QueryLayout
{
    /// <summary>BEIR's JSON lines, or an id, a tab and the text.</summary>
    Lines,
    Clirmatrix,
    Patapsco,

    /// <summary>TREC, HC4 and NeuCLIR topics, MKQA questions: several texts to choose from.</summary>
    Topics,
}

/// <summary>Tells how the queries of a file are laid out.</summary>
internal static class QueryLayouts
{
    /// <summary>From the first line, or by the name of the format where that leaves no doubt.</summary>
    internal static QueryLayout Of(Utf8LineReader reader, ReadOnlySpan<byte> first, string? format)
    {
        var start = first.Trim(" \t"u8);
        if (start[0] == '<') return QueryLayout.Topics;
        if (start[0] != '{') return QueryLayout.Lines;
        return format switch
        {
            CollectionFormat.Beir => QueryLayout.Lines,
            CollectionFormat.Clirmatrix => QueryLayout.Clirmatrix,
            CollectionFormat.Patapsco => QueryLayout.Patapsco,
            CollectionFormat.Neuclir or CollectionFormat.Trec or CollectionFormat.Mkqa => QueryLayout.Topics,
            _ => Detect(reader, first),
        };
    }

    // Read once more as a whole, since the telling field may stand last.
    private static QueryLayout Detect(Utf8LineReader reader, ReadOnlySpan<byte> first) => JsonFields.Parse(reader, first, Beir.BeirRecord.QueryExample, fields =>
        fields.Has("_id") ? QueryLayout.Lines
        : fields.Has("src_id") ? QueryLayout.Clirmatrix
        : fields.Has("topic_id") || fields.Has("queries") ? QueryLayout.Topics
        : fields.Has("query") && fields.Has("id") ? QueryLayout.Patapsco
        : QueryLayout.Lines);
}
