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

    /// <summary>
    /// Called with the id of a topic that has none of the fields in that language and from that source, and what it lacks; the topic is left out then. HC4's training topics have such.
    /// </summary>
    /// <value>Null by default: such a topic is a failure.</value>
    public Action<string, string>? TopicLeftOut { get; init; }

    /// <summary>Whether to undo the double encoding that a part of MS MARCO's text has; see <see cref="MsMarco.DoubleEncoding"/>.</summary>
    /// <value>False by default.</value>
    public bool RepairEncoding { get; init; }
}
