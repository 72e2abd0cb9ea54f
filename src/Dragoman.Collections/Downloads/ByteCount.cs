using System.Globalization;

namespace Dragoman.Collections.Downloads;

/// <summary>Numbers of bytes in sentences.</summary>
internal static class ByteCount
{
    /// <summary>All digits: <c>1,234 bytes</c>.</summary>
    internal static string Of(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");
}
