using Dragoman.Training.Configuration;

namespace Dragoman.Training.Adversarial;

/// <summary>Reads the section <c>adversarial</c>, the same for every neural ranker.</summary>
internal static class AdversarialConfiguration
{
    private static readonly (string Key, AdversarialMethod[] Methods)[] Owners =
    [
        ("step", [AdversarialMethod.Pgd, AdversarialMethod.FreeLb, AdversarialMethod.Smart]),
        ("steps", [AdversarialMethod.Pgd, AdversarialMethod.FreeLb, AdversarialMethod.Smart]),
        ("start", [AdversarialMethod.FreeLb, AdversarialMethod.Smart]),
        ("weight", [AdversarialMethod.Smart]),
    ];

    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="rDrop">The weight of R-Drop, which has passes of its own; 0 for none.</param>
    /// <returns>The settings; null when the section is left out.</returns>
    internal static AdversarialSettings? Read(ConfigurationSection root, double rDrop)
    {
        if (root.OptionalSection("adversarial") is not { } section) return null;
        if (rDrop > 0) root.Problem("adversarial", "is given beside loss.r_drop; both run a batch more than once, so use one of the two.");
        var method = section.Choice("method", "fgm", ("fgm", AdversarialMethod.Fgm), ("pgd", AdversarialMethod.Pgd), ("freelb", AdversarialMethod.FreeLb), ("smart", AdversarialMethod.Smart));
        var settings = AdversarialSettings.Defaults(method, section.Choice("units", "relative", ("relative", true), ("absolute", false)));
        settings = settings with { Epsilon = section.Number("epsilon", settings.Epsilon, least: 0) };
        foreach (var (key, owners) in Owners.Where(owner => !owner.Methods.Contains(method)))
        {
            if (section.Has(key)) section.Problem(key, $"belongs to adversarial.method {string.Join(", ", owners.Select(Word))}; leave it out.");
            section.OptionalText(key);
        }
        if (Has("step")) settings = settings with { Step = section.Number("step", settings.Step, least: 0) };
        if (Has("steps")) settings = settings with { Steps = section.WholeNumber("steps", settings.Steps, least: 1, most: 100) };
        if (Has("start")) settings = settings with { Start = section.Number("start", settings.Start, least: 0) };
        if (Has("weight")) settings = settings with { Weight = section.Number("weight", settings.Weight, least: 0) };
        return settings;

        bool Has(string key) => Owners.Single(owner => owner.Key == key).Methods.Contains(method);
    }

    private static string Word(AdversarialMethod method) => method.ToString().ToLowerInvariant();
}
