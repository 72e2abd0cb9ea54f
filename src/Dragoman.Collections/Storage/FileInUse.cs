namespace Dragoman.Collections.Storage;

/// <summary>Tells a file that another program has open for itself from other failures to open it.</summary>
public static class FileInUse
{
    private const int SharingViolation = unchecked((int)0x80070020), WouldBlockOnLinux = 11, WouldBlockOnMac = 35;

    /// <summary>Whether another program holds the file: a sharing violation on Windows, EWOULDBLOCK of flock on Linux and macOS.</summary>
    /// <param name="failure">Why the file could not be opened.</param>
    public static bool Is(IOException failure) => OperatingSystem.IsWindows() ? failure.HResult == SharingViolation : failure.HResult is WouldBlockOnLinux or WouldBlockOnMac;
}
