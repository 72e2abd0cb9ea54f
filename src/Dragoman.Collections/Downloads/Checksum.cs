using System.Security.Cryptography;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Downloads;

/// <summary>Hash functions that publishers state for their files. MD5 and SHA-1 find damage, not malice.</summary>
public enum ChecksumKind
{
    /// <summary>MD5, 32 hexadecimal digits.</summary>
    Md5,

    /// <summary>SHA-1, 40 hexadecimal digits.</summary>
    Sha1,

    /// <summary>SHA-256, 64 hexadecimal digits.</summary>
    Sha256,
}

/// <summary>What a file's bytes must hash to.</summary>
public sealed record Checksum
{
    /// <summary>Creates a checksum.</summary>
    /// <param name="kind">The hash function.</param>
    /// <param name="hex">Its value in hexadecimal digits, either case.</param>
    /// <exception cref="DragomanException">The value has not as many hexadecimal digits as the function gives.</exception>
    public Checksum(ChecksumKind kind, string hex)
    {
        if (hex.Length != DigitsOf(kind) || !hex.All(char.IsAsciiHexDigit))
            throw new DragomanException($"'{hex}' is not {NameOf(kind)}: {DigitsOf(kind)} hexadecimal digits were expected.");
        Kind = kind;
        Hex = hex.ToLowerInvariant();
    }

    /// <summary>The hash function.</summary>
    public ChecksumKind Kind { get; }

    /// <summary>The value in lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The hash function's name and the value: <c>MD5 371c…</c>.</summary>
    public override string ToString() => $"{NameOf(Kind)} {Hex}";

    /// <summary>How many hexadecimal digits a hash function gives.</summary>
    /// <param name="kind">The hash function.</param>
    public static int DigitsOf(ChecksumKind kind) => kind switch { ChecksumKind.Md5 => 32, ChecksumKind.Sha1 => 40, _ => 64 };

    /// <summary>Hashes a file.</summary>
    /// <param name="kind">The hash function.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The file's checksum.</returns>
    public static async Task<Checksum> OfFileAsync(ChecksumKind kind, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(AlgorithmOf(kind));
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 20];
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) hash.AppendData(buffer.AsSpan(0, read));
        }
        return new Checksum(kind, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string NameOf(ChecksumKind kind) => kind switch { ChecksumKind.Md5 => "MD5", ChecksumKind.Sha1 => "SHA-1", _ => "SHA-256" };

    private static HashAlgorithmName AlgorithmOf(ChecksumKind kind) =>
        kind switch { ChecksumKind.Md5 => HashAlgorithmName.MD5, ChecksumKind.Sha1 => HashAlgorithmName.SHA1, _ => HashAlgorithmName.SHA256 };
}
