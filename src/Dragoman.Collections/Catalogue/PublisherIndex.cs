using System.Text.Json;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Catalogue;

/// <summary>
/// A publisher's index of addresses and MD5s: a JSON object of sections, in each keys, in each <c>url</c> and <c>expected_md5</c>, as CLIRMatrix has one
/// (its layout is that of ir_datasets' downloads.json).
/// </summary>
internal sealed class PublisherIndex(string path, Dictionary<IndexKey, (Uri Url, Checksum? Checksum)> places)
{
    /// <summary>Reads the keys of some files.</summary>
    /// <param name="path">The index, plain or gzip-compressed.</param>
    /// <param name="address">Where it came from: what it states as http on the same server is fetched as https, as the index is.</param>
    /// <param name="keys">What to look up.</param>
    /// <exception cref="DragomanException">It is not JSON, or a key is not there.</exception>
    internal static PublisherIndex Read(string path, Uri address, IEnumerable<IndexKey> keys)
    {
        try
        {
            using var stream = Utf8LineReader.Open(path);
            using var document = JsonDocument.Parse(stream);
            return new PublisherIndex(path, keys.Distinct().ToDictionary(key => key, key => Place(path, document.RootElement, address, key)));
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            throw new DataFormatException(path, 0, $"the publisher's index cannot be read ({failure.Message.TrimEnd('.')}); remove it and get it again.", failure);
        }
    }

    /// <summary>The file as the index states it.</summary>
    internal CatalogueFile Resolve(CatalogueFile file) => file.Indexed is null ? file : file with { Url = places[file.Indexed].Url, Checksum = places[file.Indexed].Checksum ?? file.Checksum };

    /// <summary>The index's file.</summary>
    internal string Path => path;

    private static (Uri, Checksum?) Place(string path, JsonElement root, Uri address, IndexKey key)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(key.Section, out var section) || section.ValueKind != JsonValueKind.Object || !section.TryGetProperty(key.Key, out var place)
            || place.ValueKind != JsonValueKind.Object || !place.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String || !Uri.TryCreate(url.GetString(), UriKind.Absolute, out var uri))
            throw new DataFormatException(path, 0, $"the publisher's index has no address for {key.Key} in {key.Section}; the publisher does not offer this file.");
        if (uri.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttps && uri.Host == address.Host) uri = new UriBuilder(uri) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri;
        var md5 = place.TryGetProperty("expected_md5", out var hex) && hex.ValueKind == JsonValueKind.String && hex.GetString() is { Length: > 0 } value ? new Checksum(ChecksumKind.Md5, value) : null;
        return (uri, md5);
    }
}
