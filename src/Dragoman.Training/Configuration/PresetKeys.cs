using YamlDotNet.RepresentationModel;

namespace Dragoman.Training.Configuration;

/// <summary>Which keys of a configuration a preset brought, so that a problem with one is told where the preset is named.</summary>
internal sealed class PresetKeys
{
    private readonly Dictionary<YamlNode, (string Preset, long Line)> _keys = new(ReferenceEqualityComparer.Instance);

    /// <summary>These keys and those of a preset, in all its sections.</summary>
    /// <param name="section">What the preset gives.</param>
    /// <param name="preset">What it is called: <c>sampling.preset agreement</c>.</param>
    /// <param name="line">The line that names it.</param>
    internal PresetKeys With(YamlMappingNode section, string preset, long line)
    {
        var all = new PresetKeys();
        foreach (var (key, origin) in _keys) all._keys.Add(key, origin);
        all.Add(section, preset, line);
        return all;
    }

    /// <summary>The preset that brought a key; null for one of the file itself.</summary>
    /// <param name="key">The key's node.</param>
    internal (string Preset, long Line)? Of(YamlNode key) => _keys.TryGetValue(key, out var origin) ? origin : null;

    private void Add(YamlMappingNode section, string preset, long line)
    {
        foreach (var (key, value) in section)
        {
            _keys.Add(key, (preset, line));
            if (value is YamlMappingNode inner) Add(inner, preset, line);
        }
    }
}
