namespace Dragoman.Collections.Formats;

/// <summary>How to read a file of queries or topics.</summary>
public sealed record QueryOptions
{
    /// <summary>Name of a <see cref="CollectionFormat"/>.</summary>
    /// <value>Null by default: the content tells.</value>
    public string? Format { get; init; }

    /// <summary>Language of queries that name none, and the one to choose where topics have several; a BCP 47 tag.</summary>
    /// <value>Null by default: taken from the publisher's file name, else <c>und</c>; of several the original one.</value>
    public string? Language { get; init; }

    /// <summary>Which of several texts in one language to take, as the file spells it: <c>original</c>, <c>human translation</c>, or the name of a translation system.</summary>
    /// <value>Null by default: the original, else a human translation, else the first.</value>
    public string? TopicSource { get; init; }

    /// <summary>Which fields of a topic make the query's text, joined by a space in this order.</summary>
    /// <value>The title alone by default.</value>
    public IReadOnlyList<TopicField> TopicFields { get; init; } = [TopicField.Title];

    /// <summary>Whether to undo the double encoding that a part of MS MARCO's text has; see <see cref="MsMarco.DoubleEncoding"/>.</summary>
    /// <value>False by default.</value>
    public bool RepairEncoding { get; init; }
}
