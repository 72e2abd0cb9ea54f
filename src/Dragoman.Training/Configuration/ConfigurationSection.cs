using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dragoman.Training.Configuration;

/// <summary>
/// One mapping of a <see cref="ConfigurationFile"/>. Each method reads one key, notes it as known, checks its value and writes what is in effect into
/// <see cref="Effective"/>. A problem is noted with the line and the default returned; nothing here throws.
/// </summary>
public sealed class ConfigurationSection
{
    private readonly Dictionary<string, (YamlNode Node, long Line, string? Preset)> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly List<ConfigurationSection> _sections = [];
    private readonly ConfigurationProblems _problems;
    private readonly ConfigurationPaths _paths;
    private readonly PresetKeys _presets;
    private readonly string _prefix;

    internal ConfigurationSection(string prefix, YamlMappingNode? mapping, long line, ConfigurationProblems problems, ConfigurationPaths paths, PresetKeys presets)
    {
        (_prefix, Line, _problems, _paths, _presets) = (prefix, line, problems, paths, presets);
        foreach (var (key, value) in mapping ?? [])
        {
            if (key is YamlScalarNode { Value: { } name }) _entries.TryAdd(name, presets.Of(key) is { } origin ? (value, origin.Line, origin.Preset) : (value, key.Start.Line, null));
            else problems.Add(key.Start.Line, $"a key of {(prefix.Length == 0 ? "the file" : prefix)} is not plain text.");
        }
    }

    /// <summary>Where the section starts, from 1.</summary>
    public long Line { get; }

    /// <summary>What is in effect, defaults included, in the order it was asked for; paths as written, so that the record means the same on every machine.</summary>
    public JsonObject Effective { get; } = [];

    /// <summary>Whether a key is given. Does not make it known.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key) => _entries.TryGetValue(key, out var entry) && !IsNull(entry.Node);

    /// <summary>Whether a key stands there with nothing behind it.</summary>
    /// <param name="key">The key.</param>
    internal bool IsEmpty(string key) => _entries.TryGetValue(key, out var entry) && IsNull(entry.Node);

    /// <summary>Notes a problem of the caller's own about a key, such as two that exclude each other.</summary>
    /// <param name="key">The key; its line is told when it is given, else the section's.</param>
    /// <param name="problem">One sentence that continues the key's full name: <c>is more than training.epochs; use less.</c></param>
    public void Problem(string key, string problem) => _problems.Add(LineOf(key), $"{_prefix}{key} {problem}{(_entries.TryGetValue(key, out var entry) && entry.Preset is { } preset ? $" It comes with {preset}; null in its place takes it away." : "")}");

    /// <summary>A text that must be given.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text, not empty; empty after a problem.</returns>
    public string Text(string key) => OptionalText(key) ?? Missing(key, "");

    /// <summary>A text with a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default.</param>
    public string Text(string key, string fallback) => Keep(key, Scalar(key) ?? fallback);

    /// <summary>A text that may be left out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text, or null.</returns>
    public string? OptionalText(string key) => Scalar(key) is { } text ? Keep(key, text) : null;

    /// <summary>A whole number with a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default; null makes the key required.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Largest allowed.</param>
    public int WholeNumber(string key, int? fallback, int least = int.MinValue, int most = int.MaxValue)
    {
        var text = Scalar(key);
        if (text is null) return fallback is { } value ? Keep(key, value) : Missing(key, Math.Max(least, 0));
        if (int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return Keep(key, number);
        Problem(key, $"is '{text}'; use a whole number{Range(least, most, int.MinValue, int.MaxValue)}.");
        return fallback ?? Math.Max(least, 0);
    }

    /// <summary>A number with a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default; null makes the key required.</param>
    /// <param name="least">Smallest allowed.</param>
    /// <param name="most">Largest allowed.</param>
    public double Number(string key, double? fallback, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        var text = Scalar(key);
        if (text is null) return fallback is { } value ? Keep(key, value) : Missing(key, Math.Max(least, 0));
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= least && number <= most) return Keep(key, number);
        Problem(key, $"is '{text}'; use a number{Range(least, most, double.NegativeInfinity, double.PositiveInfinity)}.");
        return fallback ?? Math.Max(least, 0);
    }

    /// <summary>Yes or no.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default.</param>
    public bool Flag(string key, bool fallback)
    {
        var text = Scalar(key);
        if (text is null or "true" or "false") return Keep(key, text is null ? fallback : text == "true");
        Problem(key, $"is '{text}'; use true or false.");
        return fallback;
    }

    /// <summary>One of several words.</summary>
    /// <typeparam name="T">What the words stand for.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default word.</param>
    /// <param name="words">Every word with its meaning.</param>
    public T Choice<T>(string key, string fallback, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var text = Scalar(key) ?? fallback;
        foreach (var (word, value) in words)
        {
            if (word != text) continue;
            Keep(key, word);
            return value;
        }
        var names = new List<string>();
        foreach (var (word, _) in words) names.Add(word);
        Problem(key, $"is '{text}'; use {string.Join(", ", names.SkipLast(1))}{(names.Count > 1 ? " or " : "")}{names[^1]}.{DidYouMean(text, names)}");
        foreach (var (word, value) in words) if (word == fallback) return value;
        return words[0].Value;
    }

    /// <summary>A list of texts, or a single text as a list of one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The default; null makes the key required.</param>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string>? fallback)
    {
        if (Value(key) is not { } node) return fallback is null ? Missing<IReadOnlyList<string>>(key, []) : Keep(key, fallback);
        var texts = new List<string>();
        foreach (var item in node is YamlSequenceNode list ? list.Children : [node])
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text }) texts.Add(text);
            else _problems.Add(item.Start.Line, $"{_prefix}{key} holds {Describe(item)}; use a list of texts.");
        }
        return Keep(key, texts);
    }

    /// <summary>A list of whole numbers, or a single one as a list of one.</summary>
    /// <param name="key">The key, which must be given.</param>
    /// <param name="least">Smallest allowed.</param>
    public IReadOnlyList<int> WholeNumbers(string key, int least = int.MinValue)
    {
        var numbers = new List<int>();
        if (Value(key) is YamlSequenceNode { Children.Count: 0 }) Problem(key, "is an empty list; name at least one.");
        foreach (var text in Texts(key, null))
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least) numbers.Add(number);
            else Problem(key, $"holds '{text}'; use whole numbers{Range(least, int.MaxValue, int.MinValue, int.MaxValue)}.");
        }
        Effective[key] = new JsonArray([.. numbers.Select(number => (JsonNode)number)]);
        return numbers;
    }

    /// <summary>A path that must be given.</summary>
    /// <param name="key">The key.</param>
    /// <param name="mustExist">Whether a file or folder must be there.</param>
    /// <returns>An absolute path; see <see cref="ConfigurationFile.Read"/> for what it is relative to.</returns>
    public string FilePath(string key, bool mustExist = true) => OptionalFilePath(key, mustExist) ?? Missing(key, "");

    /// <summary>A path that may be left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="mustExist">Whether a file or folder must be there, if it is given.</param>
    /// <returns>An absolute path, or null.</returns>
    public string? OptionalFilePath(string key, bool mustExist = true)
    {
        if (Scalar(key) is not { } written) return null;
        Keep(key, written);
        return Resolve(key, written, LineOf(key), mustExist);
    }

    /// <summary>A section; when it is left out, an empty one, so that its defaults apply and its required keys are told of.</summary>
    /// <param name="key">The key.</param>
    public ConfigurationSection Section(string key) => OptionalSection(key) ?? Nested(key, null, Line, Effective);

    /// <summary>A section that may be left out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The section, or null.</returns>
    public ConfigurationSection? OptionalSection(string key)
    {
        if (Value(key) is not { } node) return null;
        if (node is YamlMappingNode mapping) return Nested(key, mapping, LineOf(key), Effective);
        Problem(key, $"is {Describe(node)}; use a section of keys and values.");
        return null;
    }

    /// <summary>A list of sections.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The sections; empty when the key is left out.</returns>
    public IReadOnlyList<ConfigurationSection> Sections(string key)
    {
        if (Value(key) is not { } node) return [];
        var effective = new JsonArray();
        Effective[key] = effective;
        var sections = new List<ConfigurationSection>();
        foreach (var item in node is YamlSequenceNode list ? list.Children : [node])
        {
            if (item is not YamlMappingNode mapping)
            {
                _problems.Add(item.Start.Line, $"{_prefix}{key} holds {Describe(item)}; use a list of sections ('- key: value').");
                continue;
            }
            var section = new ConfigurationSection($"{_prefix}{key}[{sections.Count + 1}].", mapping, item.Start.Line, _problems, _paths, _presets);
            _sections.Add(section);
            sections.Add(section);
            effective.Add(section.Effective);
        }
        return sections;
    }

    internal void ReportUnknownKeys()
    {
        foreach (var (key, (_, line, _)) in _entries)
            if (!_known.Contains(key))
                _problems.Add(line, $"{_prefix}{key} is not a key used here.{DidYouMean(key, _known)}{(_known.Count > 0 ? $" Known: {string.Join(", ", _known)}." : "")}");
        foreach (var section in _sections) section.ReportUnknownKeys();
    }

    private ConfigurationSection Nested(string key, YamlMappingNode? mapping, long line, JsonObject effective)
    {
        var section = new ConfigurationSection($"{_prefix}{key}.", mapping, line, _problems, _paths, _presets);
        _sections.Add(section);
        effective[key] = section.Effective;
        return section;
    }

    private string Resolve(string key, string written, long line, bool mustExist)
    {
        var path = _paths.Resolve(written, out var problem);
        if (problem is not null) _problems.Add(line, $"{_prefix}{key} is '{written}', but {problem}.");
        else if (mustExist && !Path.Exists(path)) _problems.Add(line, $"{_prefix}{key} is '{written}', but {path} does not exist.");
        return path;
    }

    private YamlNode? Value(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return _entries.TryGetValue(key, out var entry) && !IsNull(entry.Node) ? entry.Node : null;
    }

    private string? Scalar(string key)
    {
        switch (Value(key))
        {
            case null: return null;
            case YamlScalarNode { Value: { Length: > 0 } text }: return text;
            case var node:
                Problem(key, $"is {Describe(node)}; use a single value.");
                return null;
        }
    }

    private T Missing<T>(string key, T placeholder)
    {
        if (!Has(key)) _problems.Add(Line, $"{_prefix}{key} is missing; it has no default.");
        return placeholder;
    }

    private T Keep<T>(string key, T value)
    {
        Effective[key] = value is IReadOnlyList<string> texts ? new JsonArray([.. texts.Select(text => (JsonNode)text)]) : JsonValue.Create(value);
        return value;
    }

    /// <summary>The line of a key; the section's where it is not given.</summary>
    internal long LineOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a section",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value: { Length: > 0 } text } => $"'{text}'",
        _ => "empty",
    };

    private static string DidYouMean(string word, IEnumerable<string> known) => Spelling.Nearest(word, known) is { } near ? $" Did you mean {near}?" : "";

    private static string Range<T>(T least, T most, T lowest, T highest) where T : IComparable<T> =>
        (least.CompareTo(lowest) > 0, most.CompareTo(highest) < 0) switch
        {
            (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $", {least} or more"),
            (false, true) => string.Create(CultureInfo.InvariantCulture, $", {most} or less"),
            _ => "",
        };
}
