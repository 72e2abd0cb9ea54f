using System.Text;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>The pieces of TREC topics: names of tags, labels that repeat them, and how a topic is written.</summary>
internal static class MarkupTopicText
{
    /// <summary>The id's tag stands beside the fields'.</summary>
    internal const string IdTag = "num";

    /// <summary>The field of a tag; null when its text is not kept.</summary>
    internal static TopicField? FieldOf(string tag) => tag switch
    {
        "title" or "query" => TopicField.Title,
        "desc" or "description" or "question" => TopicField.Description,
        "narr" or "narrative" => TopicField.Narrative,
        _ => null,
    };

    /// <summary>Text of a field: entities decoded, white space joined, and the label that repeats the tag's name (<c>Description:</c>) taken off.</summary>
    internal static string Clean(StringBuilder raw, string label)
    {
        var text = string.Join(' ', System.Net.WebUtility.HtmlDecode(raw.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.StartsWith(label, StringComparison.OrdinalIgnoreCase) ? text[label.Length..].TrimStart() : text;
    }

    /// <summary>A topic as SGML, from its first text; labels are written so that a text that begins like one keeps it.</summary>
    internal static string Of(Topic topic)
    {
        var text = topic.Texts[0];
        var sgml = new StringBuilder("<top>\n<num> ").Append(Escape(topic.Id)).Append('\n');
        if (text.Title.Length > 0) sgml.Append("<title> Topic: ").Append(Escape(text.Title)).Append('\n');
        if (text.Description.Length > 0) sgml.Append("<desc> Description:\n").Append(Escape(text.Description)).Append('\n');
        if (text.Narrative.Length > 0) sgml.Append("<narr> Narrative:\n").Append(Escape(text.Narrative)).Append('\n');
        return sgml.Append("</top>\n").ToString();
    }

    private static string Escape(string text) => Tabs.TabbedLine.Cell(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
