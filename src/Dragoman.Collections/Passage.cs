namespace Dragoman.Collections;

/// <summary>The retrieval unit: a passage cut from a document, or a whole short document.</summary>
/// <param name="Id">Passage id, unique in its collection, without white space.</param>
/// <param name="Title">Title; empty when there is none.</param>
/// <param name="Text">Body text.</param>
/// <param name="Language">BCP 47 tag (<c>zh</c>, <c>kk</c>); <c>und</c> when it is not known.</param>
public sealed record Passage(string Id, string Title, string Text, string Language)
{
    /// <summary>Title and text as one string, as the first stage indexes them: the title, a newline, the text.</summary>
    public string FullText => Title.Length == 0 ? Text : Title + "\n" + Text;
}
