using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Cli.Commands;

/// <summary>Options of the commands that read topics and judgements in the field's formats.</summary>
internal static class TopicOptions
{
    internal static Option<string?> Source() => new("--topic-source")
    {
        Description = "Of topics with several texts in one language, the one to take: original, \"human translation\" or a translation system; in this order by default.",
        HelpName = "NAME",
    };

    internal static Option<string?> Fields() => new("--topic-fields")
    {
        Description = "Fields of a topic that make the query, joined in this order by commas: title, description, narrative; the title by default.",
        HelpName = "FIELDS",
    };

    internal static Option<string?> Iteration() => new("--iteration")
    {
        Description = "Keep only judgements whose second column is this: a language (zho) in NeuCLIR's qrels of all languages.",
        HelpName = "VALUE",
    };

    /// <summary>The fields named.</summary>
    internal static IReadOnlyList<TopicField> FieldsOf(string? names)
    {
        if (names is null) return [TopicField.Title];
        var fields = names.Split([',', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = fields.Length == 0 ? "" : fields.FirstOrDefault(name => FieldOf(name) is null);
        if (unknown is not null) throw new ConfigurationException("--topic-fields", [$"'{unknown}' is no field of a topic; use title, description or narrative, joined by commas."]);
        return [.. fields.Select(name => FieldOf(name)!.Value)];
    }

    /// <summary>Reads the queries of a file whole, and warns of topics without the text asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">Language of queries that carry none, or the one to choose.</param>
    /// <param name="source">As <see cref="Source"/>.</param>
    /// <param name="fields">As <see cref="Fields"/>.</param>
    internal static List<Query> Read(string path, string from, string? source, string? fields)
    {
        var leftOut = new LeftOut();
        var language = from == LanguageShape.Unknown ? null : LanguageCodes.TagOf(from) ?? throw new ConfigurationException("--from", [LanguageShape.Problem(from)]);
        var queries = QueriesFile.Read(path, new QueryOptions { Language = language, TopicSource = source, TopicFields = FieldsOf(fields), TopicLeftOut = leftOut.Add }).ToList();
        leftOut.Report();
        return queries;
    }

    /// <summary>Counts the topics that lack the text asked for, and says so once all are read.</summary>
    internal sealed class LeftOut
    {
        private readonly List<string> _ids = [];

        internal int Count => _ids.Count;

        internal void Add(string topicId, string problem) => _ids.Add(topicId);

        internal void Report()
        {
            if (_ids.Count == 0) return;
            var named = string.Join(", ", _ids.Take(10)) + (_ids.Count > 10 ? ", …" : "");
            Console.Error.WriteLine($"warning: {Amount.Of(_ids.Count, "topic")} without such a text in that language left out: {named}.");
        }
    }

    /// <summary>A language as the user spells it, as a tag; <c>zho</c> is <c>zh</c>.</summary>
    internal static string? Language(string option, string? code) =>
        code is null ? null : LanguageCodes.TagOf(code) ?? throw new ConfigurationException(option, [LanguageShape.Problem(code)]);

    private static TopicField? FieldOf(string name) => name.ToLowerInvariant() switch
    {
        "title" => TopicField.Title,
        "description" or "desc" => TopicField.Description,
        "narrative" or "narr" => TopicField.Narrative,
        _ => null,
    };
}
