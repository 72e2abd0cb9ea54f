using System.Text.Json.Nodes;

namespace Dragoman.Cli.Searching;

/// <summary>What <c>index</c> writes into <c>config.json</c> and the commands over an index read from it.</summary>
/// <param name="Collection">The collection's folder as named.</param>
/// <param name="Analyzer">Name of the analyzer.</param>
/// <param name="Model">Full path of the encoder's folder; null for terms only.</param>
/// <param name="Tables">Full path of the translation tables that <c>psq</c> uses; null for none.</param>
internal sealed record IndexConfiguration(string Collection, string Analyzer, string? Model, string? Tables = null)
{
    internal JsonObject ToJson() => new() { ["collection"] = Collection, ["analyzer"] = Analyzer, ["model"] = Model, ["translation_table"] = Tables };

    /// <summary>Reads what is there; an index made by other means may lack everything.</summary>
    internal static IndexConfiguration Of(JsonObject config, string defaultAnalyzer) =>
        new(Text(config, "collection") ?? "", Text(config, "analyzer") ?? defaultAnalyzer, Text(config, "model"), Text(config, "translation_table"));

    private static string? Text(JsonObject config, string name) => config[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
