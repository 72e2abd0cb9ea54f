using System.Text.Json.Serialization;

namespace Dragoman.Collections.Catalogue;

/// <summary>A catalogue file as it is written: one publication and its entries. Names of members are the keys of the JSON in camel case.</summary>
/// <remarks>Optional members are settable: generated readers leave the defaults of init-only ones out.</remarks>
internal sealed record FamilyDocument
{
    public required string Family { get; init; }
    public required string Title { get; init; }
    public required string Homepage { get; init; }
    public required string Licence { get; init; }
    public required string Citation { get; init; }
    public string? Checksums { get; set; }
    public string[] Sources { get; set; } = [];
    public FileDocument? Index { get; set; }
    public required EntryDocument[] Entries { get; init; }
}

/// <summary>An entry as it is written; with <see cref="Languages"/> or <see cref="Pairs"/> it stands for many.</summary>
internal sealed record EntryDocument
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public string Format { get; set; } = "";
    public string? Licence { get; set; }
    public string? Citation { get; set; }

    /// <summary>One entry for each: the language takes the place of <c>{language}</c> everywhere.</summary>
    public string[]? Languages { get; set; }

    /// <summary>One entry for each ordered pair of different languages: they take the places of <c>{query}</c> and <c>{document}</c>.</summary>
    public string[]? Pairs { get; set; }

    public string[] Needs { get; set; } = [];
    public string[] Next { get; set; } = [];
    public string[] Folders { get; set; } = [];
    public required FileDocument[] Files { get; init; }
}

/// <summary>A file as it is written.</summary>
internal sealed record FileDocument
{
    public required string Path { get; init; }
    public string? Url { get; set; }
    public long? Bytes { get; set; }

    /// <summary>A length that the publisher rounds.</summary>
    public long? About { get; set; }

    public string? Md5 { get; set; }
    public string? Sha1 { get; set; }
    public string? Sha256 { get; set; }

    /// <summary>Section and key in the index.</summary>
    public string[]? Indexed { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(FamilyDocument))]
internal sealed partial class FamilyJson : JsonSerializerContext;
