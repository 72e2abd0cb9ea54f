using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Commands;

/// <summary>Options of the commands that read topics and judgements in the field's formats.</summary>
internal static class TopicOptions
{
    internal static Option<string?> Source() => new("--topic-source")
    {
        Description = "Of topics with several texts in one language, the one to take: original, \"human translation\" or a translation system; in this order by default.",
        HelpName = "NAME",
    };

    internal static Option<string?> Fields() => new("--topic-fields") { Description = "Fields of a topic that make the query, joined in this order by commas: title, description, narrative; the title by default.", HelpName = "FIELDS" };

    internal static Option<string?> Iteration() => new("--iteration") { Description = "Keep only judgements whose second column is this: a language (zho) in NeuCLIR's qrels of all languages.", HelpName = "VALUE" };

    /// <summary>The fields named.</summary>
    internal static IReadOnlyList<TopicField> FieldsOf(string? names)
    {
        if (names is null) return [TopicField.Title];
        var fields = names.Split([',', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (fields.FirstOrDefault(name => FieldOf(name) is null) is { } unknown) throw new ConfigurationException("--topic-fields", [$"'{unknown}' is no field of a topic; use title, description or narrative, joined by commas."]);
        return fields.Length > 0 ? [.. fields.Select(name => FieldOf(name)!.Value)] : throw new ConfigurationException("--topic-fields", ["no field is named; use title, description or narrative, joined by commas."]);
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
