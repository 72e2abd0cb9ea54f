using System.Globalization;
using Dragoman.Collections.Catalogue;

namespace Dragoman.Cli.Reports;

/// <summary>Numbers of bytes for people, in powers of ten as disks and publishers count.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>Three digits at most: <c>2.72 GB</c>.</summary>
    internal static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 999.5 && unit < Units.Length - 1; unit++) value /= 1000;
        var format = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>The length of a file as far as it is published.</summary>
    internal static string Of(CatalogueFile file) => file switch
    {
        { Bytes: { } bytes } => Of(bytes),
        { ApproximateBytes: { } bytes } => "about " + Of(bytes),
        _ => "not published",
    };

    /// <summary>The length of all files of an entry as far as they are published.</summary>
    internal static string Of(CatalogueEntry entry)
    {
        if (entry.Bytes is { } bytes) return Of(bytes);
        return entry.Files.All(file => (file.Bytes ?? file.ApproximateBytes) is not null) ? "about " + Of(entry.Files.Sum(file => file.Bytes ?? file.ApproximateBytes ?? 0)) : "not published";
    }
}
