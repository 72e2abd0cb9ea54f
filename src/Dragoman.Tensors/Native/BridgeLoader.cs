using System.Reflection;
using System.Runtime.InteropServices;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Native;

/// <summary>Finds the bridge (the file named by <c>DRAGOMAN_TORCH_BRIDGE</c>, else beside the program), loads it once, and checks its version.</summary>
internal static class BridgeLoader
{
    private static readonly Lazy<(nint Library, string? Problem)> Loaded = new(Load);

    internal static string? Problem => Loaded.Value.Problem;

    /// <summary>Makes sure that the bridge can be called.</summary>
    /// <exception cref="TorchUnavailableException">It cannot.</exception>
    internal static void Require()
    {
        if (Loaded.Value.Problem is { } problem) throw new TorchUnavailableException(problem);
    }

    private static (nint, string?) Load()
    {
        var problem = TryLoad(out var library);
        if (library == 0) return (0, problem);
        NativeLibrary.SetDllImportResolver(typeof(BridgeLoader).Assembly, (name, _, _) => name == Bridge.Library ? library : 0);
        var version = Bridge.ReadAbiVersion();
        return version == Bridge.AbiVersion
            ? (library, null)
            : (0, $"the bridge has ABI version {version}, this program needs {Bridge.AbiVersion}; build it again.");
    }

    private static string? TryLoad(out nint library)
    {
        library = 0;
        string? problem = null;
        foreach (var path in Candidates())
        {
            if (!File.Exists(path)) continue;
            try
            {
                library = NativeLibrary.Load(path);
                return null;
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                problem = $"{path} could not be loaded ({failure.Message.Split('\n')[0].Trim()}).";
            }
        }
        return problem ?? $"the bridge {FileName()} was not found beside the program; it is built when libtorch-dev, cmake and g++ are there.";
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DRAGOMAN_TORCH_BRIDGE") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }
        yield return Path.Combine(AppContext.BaseDirectory, FileName());
        if (Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) is { Length: > 0 } folder) yield return Path.Combine(folder, FileName());
    }

    private static string FileName() =>
        OperatingSystem.IsWindows() ? "dragoman_torch.dll" : OperatingSystem.IsMacOS() ? "libdragoman_torch.dylib" : "libdragoman_torch.so";
}
