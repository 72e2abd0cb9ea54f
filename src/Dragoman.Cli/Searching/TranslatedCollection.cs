using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Translators;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Searching;

/// <summary>What the manifest of a collection says of its translation by <c>prepare translate</c>, and what that means for an index.</summary>
internal static class TranslatedCollection
{
    /// <summary>The member of the manifest.</summary>
    internal const string Member = "machineTranslation";

    private const string TermsOf = "termsOf";

    internal static JsonObject Mark(ITranslator translator, string to) => new() { ["translator"] = translator.Identity, ["to"] = to, [TermsOf] = translator.TermsOf };

    /// <summary>The analyzer for the passages of a collection: the one that was chosen, or, where the passages are terms already, one that takes them as they are.</summary>
    /// <param name="folder">The collection.</param>
    /// <param name="chosen">The analyzer of the index.</param>
    /// <exception cref="ConfigurationException">The passages are terms of another analyzer.</exception>
    internal static IAnalyzer AnalyzerOf(string folder, IAnalyzer chosen)
    {
        if (TermsOfOrNull(folder) is not { } identity) return chosen;
        return identity == chosen.Identity ? new WrittenTerms(identity)
            : throw new ConfigurationException("index", [$"the passages of {folder} are terms of analyzer {identity}, made by a translation table, and the index's is {chosen.Identity}; use --analyzer {NameOf(identity)}."]);
    }

    private static string? TermsOfOrNull(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path)) return null;
        try
        {
            return (JsonNode.Parse(File.ReadAllText(path)) as JsonObject)?[Member] is JsonObject mark && mark[TermsOf] is JsonValue value && value.TryGetValue(out string? identity) ? identity : null;
        }
        catch (JsonException)
        {
            return null; // Not a manifest of ours: the collection is as it is.
        }
    }

    private static string NameOf(string identity) => identity.Split('+')[0] is var name && name.LastIndexOf("-v", StringComparison.Ordinal) is > 0 and var dash ? name[..dash] + (name.IndexOf('/', dash) is > 0 and var slash ? name[slash..] : "") : identity;
}
