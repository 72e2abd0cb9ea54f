using System.Globalization;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>Names in an index folder.</summary>
internal static class IndexFolder
{
    /// <summary>The command that makes an index, for messages.</summary>
    internal const string Command = "dragoman index";

    /// <summary>What is published: generation, segments, tombstones, settings.</summary>
    internal const string Database = "index.db";

    /// <summary>Locked while a writer is at work.</summary>
    internal const string WriterLock = "writer.lock";

    /// <summary>The folder of the segments.</summary>
    internal const string Segments = "segments";

    private const string Extension = ".seg", WeightsExtension = ".wgt", GraphsExtension = ".gph";

    internal static string SegmentName(long segment) => segment.ToString("D8", CultureInfo.InvariantCulture) + Extension;

    internal static string SegmentPath(string folder, long segment) => Path.Combine(folder, Segments, SegmentName(segment));

    /// <summary>Name of a file of weights; segments and the files beside them share one sequence of numbers.</summary>
    internal static string WeightsName(long number) => number.ToString("D8", CultureInfo.InvariantCulture) + WeightsExtension;

    internal static string WeightsPath(string folder, long number) => Path.Combine(folder, Segments, WeightsName(number));

    /// <summary>Name of a file of graphs.</summary>
    internal static string GraphsName(long number) => number.ToString("D8", CultureInfo.InvariantCulture) + GraphsExtension;

    internal static string GraphsPath(string folder, long number) => Path.Combine(folder, Segments, GraphsName(number));

    /// <summary>The files of segments, weights and graphs that are there, published or not.</summary>
    internal static IEnumerable<string> SegmentFiles(string folder) => !Directory.Exists(Path.Combine(folder, Segments)) ? []
        : Directory.EnumerateFiles(Path.Combine(folder, Segments)).Where(file => Path.GetExtension(file) is Extension or WeightsExtension or GraphsExtension);
}
