using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Searching;

/// <summary>A translator as people name it on a command line: <c>table:DIR</c>, <c>dictionary:FILE</c>, <c>command:LINE</c> or <c>libretranslate:URL</c>.</summary>
/// <param name="Kind">What stands before the colon.</param>
/// <param name="Place">What stands behind it.</param>
internal sealed record TranslatorSpecification(string Kind, string Place)
{
    internal const string Table = "table", Dictionary = "dictionary", Command = "command", LibreTranslate = "libretranslate";
    internal const string Forms = "table:DIR, dictionary:FILE, command:\"PROGRAM {from} {to}\" or libretranslate:URL";

    /// <summary>Reads what was given for an option.</summary>
    /// <exception cref="ConfigurationException">It is no translator.</exception>
    internal static TranslatorSpecification Parse(string option, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? text : text[..colon];
        if (kind is not (Table or Dictionary or Command or LibreTranslate)) throw new ConfigurationException(option, [$"'{text}' is no translator; use {Forms}."]);
        var place = colon < 0 ? "" : text[(colon + 1)..].Trim();
        return place.Length > 0 ? new TranslatorSpecification(kind, place) : throw new ConfigurationException(option, [$"'{text}' does not say which {kind}; use {Forms}."]);
    }

    /// <summary>The folder or file behind it; none for a program and a service.</summary>
    internal RunInput[] Inputs() => Kind switch
    {
        Table => [RunInput.OfStage("translation-table", Place)],
        Dictionary => [RunInput.OfFile("dictionary", Place)],
        _ => [],
    };
}
