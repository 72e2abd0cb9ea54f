using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>Looks at a place for output before the work that fills it, so that an hour's work does not end at a name that cannot be written.</summary>
public static class OutputPath
{
    /// <summary>Refuses a name under which no file can be written.</summary>
    /// <param name="path">The file to write later; it and its folder may be missing.</param>
    /// <exception cref="DragomanException">It is empty or a folder, a part of it is a file, or this user may not write there.</exception>
    public static void RequireFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new DragomanException("The name of the output is empty; name a file.");
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target)) throw new DragomanException($"{path} is a folder; name a file for the output.");
        if (!IsStream(target)) RequireWritable(path, Path.GetDirectoryName(target)!);
    }

    /// <summary>Refuses a name under which no folder can be made.</summary>
    /// <param name="path">The folder to make later.</param>
    /// <exception cref="DragomanException">It is empty or a file, a part of it is a file, or this user may not write there.</exception>
    public static void RequireFolder(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new DragomanException("The name of the output is empty; name a folder.");
        var target = Path.GetFullPath(path);
        if (File.Exists(target)) throw new DragomanException($"{path} is a file; name a folder for the output.");
        RequireWritable(path, Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(target)) ?? target);
    }

    /// <summary>Whether what is written under a name goes into a file, not into a device or an open pipe.</summary>
    /// <param name="path">The name, perhaps of a link.</param>
    public static bool IsFile(string path) => !IsStream(ThroughLinks(Path.GetFullPath(path)));

    /// <summary>Whether a name is a device or an open pipe: bytes go straight into it, and replacing it by a file would destroy it.</summary>
    /// <param name="target">The full path.</param>
    internal static bool IsStream(string target) =>
        target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal)
        || target.StartsWith("/proc/", StringComparison.Ordinal) && target.Contains("/fd/", StringComparison.Ordinal);

    /// <summary>The file that a name stands for: the end of a chain of links, so that writing replaces what they point to and not a link.</summary>
    /// <param name="target">The full path.</param>
    internal static string ThroughLinks(string target) =>
        new FileInfo(target).LinkTarget is null ? target : File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;

    /// <summary>Puts a failure of the file system into a sentence about the output as the user named it.</summary>
    /// <param name="path">The output as named.</param>
    /// <param name="failure">What went wrong.</param>
    public static DragomanException Unwritable(string path, Exception failure)
    {
        var detail = failure.Message;
        var place = detail.IndexOf(" : '", StringComparison.Ordinal);
        if (place > 0) detail = detail[..place];
        return new DragomanException($"{path} cannot be written ({detail.TrimEnd('.')}); nothing was left there, make room or name another place.", failure);
    }

    private static void RequireWritable(string path, string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing)) throw new DragomanException($"{path} cannot be written: {existing} is a file, not a folder; name another place.");
            if (Path.GetDirectoryName(existing) is not { } parent) return;
            existing = parent;
        }
        var probe = Path.Combine(existing, $".dragoman.{Path.GetRandomFileName()}.tmp");
        try
        {
            using var file = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DragomanException($"{path} cannot be written: nothing can be made in {existing}; name another place or change who may write there.", failure);
        }
    }
}
