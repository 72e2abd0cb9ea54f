using Dragoman.Collections.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dragoman.Training.Configuration;

/// <summary>
/// A YAML configuration, read strictly: every key must be asked for, every value must convert. Reading never stops at a problem; read all
/// that is wanted through <see cref="Root"/>, then call <see cref="ThrowIfProblems()"/> before using any of it.
/// </summary>
/// <remarks>
/// The grammar is YAML 1.2's plain scalars, lists and mappings; keys are <c>snake_case</c>. A value asked for and absent is its default; a value that is
/// wrong counts as a problem and reads as its default. Not thread-safe.
/// </remarks>
public sealed class ConfigurationFile
{
    private readonly ConfigurationProblems _problems;
    private readonly YamlMappingNode _mapping;
    private readonly ConfigurationPaths _paths;
    private readonly PresetKeys _presets;

    private ConfigurationFile(string path, YamlMappingNode mapping, ConfigurationPaths paths, PresetKeys presets)
    {
        (FilePath, _mapping, _paths, _presets, _problems) = (path, mapping, paths, presets, new ConfigurationProblems(path));
        Root = new ConfigurationSection("", mapping, 1, _problems, paths, presets);
    }

    /// <summary>The file as the user named it.</summary>
    public string FilePath { get; }

    /// <summary>The top-level mapping.</summary>
    public ConfigurationSection Root { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A YAML file with one mapping. Paths inside are relative to its folder.</param>
    /// <exception cref="ConfigurationException">There is no such file, or it is not YAML with one mapping at the top.</exception>
    public static ConfigurationFile Read(string path)
    {
        if (!File.Exists(path)) throw new ConfigurationException(path, ["there is no such file; check the name and the current folder."]);
        return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The YAML.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <exception cref="ConfigurationException">It is not YAML with one mapping at the top.</exception>
    public static ConfigurationFile Parse(string yaml, string name, string folder)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException failure)
        {
            throw new ConfigurationException(name, [$"line {failure.Start.Line}: not readable as YAML ({(failure.InnerException ?? failure).Message.TrimEnd('.')})."]);
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode mapping }])
            throw new ConfigurationException(name, ["line 1: expected one mapping of keys to values, such as 'task: cross-encoder'."]);
        return new ConfigurationFile(name, mapping, new ConfigurationPaths(folder), new PresetKeys());
    }

    /// <summary>The same file, unread, with another key and value in the place of a top-level one.</summary>
    /// <param name="key">The key that goes.</param>
    /// <param name="other">The key that comes.</param>
    /// <param name="value">Its value.</param>
    internal ConfigurationFile Replacing(string key, string other, string value)
    {
        var mapping = new YamlMappingNode();
        foreach (var (name, node) in _mapping)
        {
            if (name is not YamlScalarNode { Value: { } text } || (text != key && text != other)) mapping.Add(name, node);
        }
        mapping.Add(other, value);
        return new ConfigurationFile(FilePath, mapping, _paths, _presets);
    }

    /// <summary>The same file, unread.</summary>
    internal ConfigurationFile Unread() => new(FilePath, _mapping, _paths, _presets);

    /// <summary>The same file, unread, with the keys of a preset where it has none: section by section, whatever is given here wins, <c>null</c> too.</summary>
    /// <param name="yaml">What the preset gives.</param>
    /// <param name="preset">What to call it in messages: <c>sampling.preset agreement</c>.</param>
    /// <param name="line">The line that names it.</param>
    internal ConfigurationFile Over(string yaml, string preset, long line)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var given = (YamlMappingNode)stream.Documents[0].RootNode;
        return new ConfigurationFile(FilePath, Merged(_mapping, given), _paths, _presets.With(given, preset, line));
    }

    private static YamlMappingNode Merged(YamlMappingNode given, YamlMappingNode defaults)
    {
        var merged = new YamlMappingNode();
        foreach (var (key, value) in given)
            merged.Add(key, value is YamlMappingNode section && defaults.Children.TryGetValue(key, out var below) && below is YamlMappingNode under ? Merged(section, under) : value);
        foreach (var (key, value) in defaults)
            if (!given.Children.ContainsKey(key)) merged.Add(key, value);
        return merged;
    }

    /// <summary>Tells of everything that was wrong in what was read, and of every key that nobody asked for.</summary>
    /// <exception cref="ConfigurationException">There is at least one problem; all are in it, by line.</exception>
    public void ThrowIfProblems()
    {
        Root.ReportUnknownKeys();
        _problems.ThrowIfAny();
    }

    /// <summary>The same, together with what was wrong in what was read of another form of this file.</summary>
    /// <param name="beside">The other form.</param>
    /// <exception cref="ConfigurationException">There is at least one problem; all are in it, by line.</exception>
    internal void ThrowIfProblems(ConfigurationFile beside)
    {
        Root.ReportUnknownKeys();
        _problems.AddAll(beside._problems);
        _problems.ThrowIfAny();
    }

    /// <summary>Tells of what was wrong in what was read; not of keys that nobody asked for yet.</summary>
    internal void ThrowIfProblemsSoFar() => _problems.ThrowIfAny();
}
