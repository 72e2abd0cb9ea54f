using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Cli.Commands;

/// <summary>Reads what the user knows about languages beforehand.</summary>
internal static class LanguageWeights
{
    /// <summary>Reads the options <c>--among</c> and <c>--prior</c>.</summary>
    /// <param name="among">Lists of tags; null when not given.</param>
    /// <param name="priors">Lists of <c>tag=weight</c>; null when not given.</param>
    /// <param name="identifier">Which languages there are.</param>
    internal static LanguagePriors Read(string[]? among, string[]? priors, LanguageIdentifier identifier)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        var problems = new List<string>();
        var only = Items(among).ToList();
        foreach (var tag in only) Add(tag, 1, "--among", identifier, weights, problems);
        foreach (var item in Items(priors))
        {
            var parts = item.Split('=', 2);
            if (parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight >= 0 && double.IsFinite(weight))
                Add(parts[0], weight, "--prior", identifier, weights, problems);
            else problems.Add($"--prior has '{item}'; write a language and a weight of 0 or more, as kk=5.");
        }
        return problems.Count > 0 ? throw new ConfigurationException("identify", problems) : LanguagePriors.Of(weights, only.Count > 0 ? 0 : 1);
    }

    private static IEnumerable<string> Items(string[]? lists) => (lists ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static void Add(string tag, double weight, string option, LanguageIdentifier identifier, Dictionary<string, double> weights, List<string> problems)
    {
        if (!LanguageTag.TryParse(tag, out var parsed, out var problem)) problems.Add($"{option}: {problem}");
        else if (!identifier.Languages.Contains(parsed.Value, StringComparer.Ordinal)) problems.Add($"{option} has '{tag}', which the identifier does not know; it knows {string.Join(", ", identifier.Languages)}.");
        else weights[parsed.Value] = weight;
    }
}
