using Dragoman.Training.Configuration;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Sections <c>sampling</c> by name: <c>preset: agreement</c> fills in every key that the section does not give. They hold what makes each what it is; the rest are defaults.</summary>
internal static class SamplingPresets
{
    internal const string Key = "preset";
    private const string Section = "sampling";

    /// <summary>Every preset's name with the keys that it gives.</summary>
    internal static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["agreement"] = "{teacher: {from: folds}, examples: {scheme: agreement, mode: weigh}}",
        ["false-negatives"] = "{teacher: {from: folds}, negatives: {rule: calibrated, draw: top-k}}",
        ["on-policy"] = "{teacher: {from: folds}, positives: {scheme: rso, reward: mixed}}",
        ["seed-literal"] = "{examples: {scheme: seed-literal, mode: sample, bound: 10}}",
    };

    /// <summary>The file with what the preset of its section gives; the file itself when it names none.</summary>
    /// <param name="file">A file of which nothing was read.</param>
    internal static ConfigurationFile Apply(ConfigurationFile file)
    {
        var copy = file.Unread();                                                          // read instead of the file, which stays unread
        if (!copy.Root.Has(Section) || copy.Root.OptionalSection(Section) is not { } section || !section.Has(Key)) return file;
        var keys = section.Choice(Key, "", [.. All.Select(preset => (preset.Key, preset.Value))]);
        copy.ThrowIfProblemsSoFar();
        return file.Over($"{Section}: {keys}", $"{Section}.{Key} {section.Text(Key, "")}", section.LineOf(Key));
    }
}
