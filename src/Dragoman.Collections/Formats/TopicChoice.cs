using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Makes a query of a topic: chooses the language, the source and the fields.</summary>
internal static class TopicChoice
{
    private static readonly string[] PreferredSources = ["original", "human translation"];

    /// <summary>The query of a topic.</summary>
    /// <param name="reader">Where the topic comes from, for messages.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="language">The language wanted; null for the original's.</param>
    /// <param name="options">The source and the fields wanted.</param>
    internal static Query QueryOf(Utf8LineReader reader, Topic topic, string? language, QueryOptions options)
    {
        var text = TextOf(reader, topic, language, options.TopicSource);
        var parts = options.TopicFields.Select(text.Field).Where(part => part.Length > 0).ToList();
        if (parts.Count == 0)
            throw reader.Failure($"topic {topic.Id} has no {string.Join(" and no ", options.TopicFields.Select(field => field.ToString().ToLowerInvariant()))} in {text.Language}; choose other fields.");
        return new Query(topic.Id, string.Join(' ', parts), text.Language == LanguageShape.Unknown ? language ?? text.Language : text.Language);
    }

    private static TopicText TextOf(Utf8LineReader reader, Topic topic, string? language, string? source)
    {
        var spoken = topic.Texts.Where(text => language is null || text.Language == language || text.Language == LanguageShape.Unknown).ToList();
        if (spoken.Count == 0) spoken = [.. topic.Texts.Where(text => text.Language.StartsWith(language + "-", StringComparison.Ordinal))];
        if (source is not null) spoken = [.. spoken.Where(text => string.Equals(text.Source, source, StringComparison.OrdinalIgnoreCase))];
        if (spoken.Count == 0) throw reader.Failure($"topic {topic.Id} has no text in {language ?? "any language"}{(source is null ? "" : $" by \"{source}\"")}; it has {string.Join(", ", topic.Texts.Select(Name))}.");
        foreach (var preferred in PreferredSources)
            if (spoken.Find(text => text.Source == preferred) is { } found) return found;
        return spoken[0];
    }

    private static string Name(TopicText text) => text.Source.Length == 0 ? text.Language : $"{text.Language} by \"{text.Source}\"";
}
