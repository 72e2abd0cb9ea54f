namespace Dragoman.Collections;

/// <summary>An information need, in one language or several.</summary>
/// <param name="Id">Topic id, without white space; the id of the query made from it.</param>
/// <param name="Texts">Its texts, at least one, in the order of the file.</param>
public sealed record Topic(string Id, IReadOnlyList<TopicText> Texts);

/// <summary>A topic's text in one language.</summary>
/// <param name="Language">BCP 47 tag; <c>und</c> when it is not known.</param>
/// <param name="Source">Who wrote or translated it (<c>original</c>, <c>human translation</c>, a translation system); empty when the file does not say.</param>
/// <param name="Title">A few words; empty when there is none.</param>
/// <param name="Description">A sentence; empty when there is none.</param>
/// <param name="Narrative">What is relevant and what is not; empty when there is none.</param>
public sealed record TopicText(string Language, string Source, string Title, string Description, string Narrative)
{
    /// <summary>A field's text; empty when there is none.</summary>
    /// <param name="field">The field.</param>
    public string Field(TopicField field) => field switch
    {
        TopicField.Title => Title,
        TopicField.Description => Description,
        _ => Narrative,
    };
}

/// <summary>A field of a topic.</summary>
public enum TopicField
{
    /// <summary>A few words.</summary>
    Title,

    /// <summary>A sentence.</summary>
    Description,

    /// <summary>What is relevant and what is not.</summary>
    Narrative,
}
