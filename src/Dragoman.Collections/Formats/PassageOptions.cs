namespace Dragoman.Collections.Formats;

/// <summary>How to read a file of documents.</summary>
public sealed record PassageOptions
{
    /// <summary>Name of a <see cref="CollectionFormat"/>.</summary>
    /// <value>Null by default: the content tells.</value>
    public string? Format { get; init; }

    /// <summary>Language of passages whose line names none, a BCP 47 tag.</summary>
    /// <value>Null by default: taken from the publisher's file name, else <c>und</c>.</value>
    public string? Language { get; init; }

    /// <summary>Whether to undo the double encoding that a part of MS MARCO's text has; see <see cref="MsMarco.DoubleEncoding"/>.</summary>
    /// <value>False by default.</value>
    public bool RepairEncoding { get; init; }
}
