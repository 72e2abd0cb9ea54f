using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Makes a query of a topic: chooses the language, the source and the fields.</summary>
internal static class TopicChoice
{
    private static readonly string[] PreferredSources = ["original", "human translation"];

    /// <summary>The queries of topics; a topic without the text wanted is left out or a failure, as the options say.</summary>
    /// <param name="reader">Where the topics come from, for messages.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="language">The language wanted; null for the original's.</param>
    /// <param name="options">The source and the fields wanted.</param>
    internal static IEnumerable<Query> QueriesOf(Utf8LineReader reader, IEnumerable<Topic> topics, string? language, QueryOptions options)
    {
        var (any, last) = (false, (string?)null);
        foreach (var topic in topics)
        {
            if (QueryOf(topic, language, options, out var problem) is { } query)
            {
                any = true;
                yield return query;
                continue;
            }
            if (options.TopicLeftOut is null) throw reader.Failure(problem);
            options.TopicLeftOut(topic.Id, problem);
            last = problem;
        }
        if (!any && last is not null) throw new DataFormatException(reader.Path, 0, "every topic lacks the text asked for; of the last: " + last);
    }

    /// <summary>The query of a topic; null when it has no such text.</summary>
    private static Query? QueryOf(Topic topic, string? language, QueryOptions options, out string problem)
    {
        if (TextOf(topic, language, options.TopicSource, out problem) is not { } text) return null;
        var parts = options.TopicFields.Select(text.Field).Where(part => part.Length > 0).ToList();
        problem = $"topic {topic.Id} has no {string.Join(" and no ", options.TopicFields.Select(field => field.ToString().ToLowerInvariant()))} in {text.Language}; choose other fields.";
        return parts.Count == 0 ? null : new Query(topic.Id, string.Join(' ', parts), text.Language == LanguageShape.Unknown ? language ?? text.Language : text.Language);
    }

    private static TopicText? TextOf(Topic topic, string? language, string? source, out string problem)
    {
        var spoken = topic.Texts.Where(text => language is null || text.Language == language || text.Language == LanguageShape.Unknown).ToList();
        if (spoken.Count == 0) spoken = [.. topic.Texts.Where(text => text.Language.StartsWith(language + "-", StringComparison.Ordinal))];
        if (source is not null) spoken = [.. spoken.Where(text => string.Equals(text.Source, source, StringComparison.OrdinalIgnoreCase))];
        problem = $"topic {topic.Id} has no text in {language ?? "any language"}{(source is null ? "" : $" by \"{source}\"")}; it has {string.Join(", ", topic.Texts.Select(Name))}.";
        foreach (var preferred in PreferredSources)
            if (spoken.Find(text => text.Source == preferred) is { } found) return found;
        return spoken.FirstOrDefault();
    }

    private static string Name(TopicText text) => text.Source.Length == 0 ? text.Language : $"{text.Language} by \"{text.Source}\"";
}
