using System.Runtime.InteropServices;

namespace Dragoman.Text.Analysis.Native;

/// <summary>ICU's C functions that .NET does not offer, from the same library that .NET takes normalisation from where it can be found.</summary>
/// <remarks>
/// Debian and others put the version into every symbol (<c>ubrk_open_72</c>); Windows (<c>icu.dll</c>) and macOS (<c>libicucore</c>) do not. The newest version that is installed is used;
/// what depends on its data must name <see cref="Version"/> or a fingerprint of the data in its identity.
/// </remarks>
internal sealed unsafe class Icu
{
    private const int OldestMajor = 50, NewestMajor = 99;
    private static readonly Lazy<Icu?> Found = new(Find);

    private readonly nint _common, _international;
    private readonly string _suffix;

    private Icu(nint common, nint international, string suffix)
    {
        (_common, _international, _suffix) = (common, international, suffix);
        var version = stackalloc byte[4];
        ((delegate* unmanaged[Cdecl]<byte*, void>)Common("u_getVersion"))(version);
        Version = FormattableString.Invariant($"{version[0]}.{version[1]}");
    }

    /// <summary>The library; null when there is none.</summary>
    internal static Icu? Instance => Found.Value;

    /// <summary>Version, for example <c>72.1</c>.</summary>
    internal string Version { get; }

    /// <summary>Address of a function of the common library.</summary>
    internal nint Common(string name) => NativeLibrary.GetExport(_common, name + _suffix);

    /// <summary>Address of a function of the internationalisation library; 0 when this ICU has none.</summary>
    internal nint International(string name) => _international != 0 && NativeLibrary.TryGetExport(_international, name + _suffix, out var address) ? address : 0;

    private static Icu? Find()
    {
        if (OperatingSystem.IsWindows()) return NativeLibrary.TryLoad("icu.dll", out var windows) ? Checked(windows, windows, "") : null;
        if (OperatingSystem.IsMacOS()) return NativeLibrary.TryLoad("/usr/lib/libicucore.dylib", out var apple) ? Checked(apple, apple, "") : null;
        for (var major = NewestMajor; major >= OldestMajor; major--)
        {
            var number = major.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!NativeLibrary.TryLoad($"libicuuc.so.{number}", out var common)) continue;
            if (!NativeLibrary.TryLoad($"libicui18n.so.{number}", out var international)) international = 0;
            if ((Checked(common, international, "_" + number) ?? Checked(common, international, "")) is { } found) return found;
        }
        return null;
    }

    private static Icu? Checked(nint common, nint international, string suffix) =>
        NativeLibrary.TryGetExport(common, "ubrk_open" + suffix, out _) && NativeLibrary.TryGetExport(common, "u_getVersion" + suffix, out _) ? new Icu(common, international, suffix) : null;
}
