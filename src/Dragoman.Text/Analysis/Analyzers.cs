using Dragoman.Collections.Errors;

namespace Dragoman.Text.Analysis;

/// <summary>The analyzers by name.</summary>
public static class Analyzers
{
    /// <summary>The name of the analyzer that is used when none is named.</summary>
    public const string Default = MultilingualAnalyzer.Name;

    private static readonly Dictionary<string, Func<IAnalyzer>> Known = new(StringComparer.Ordinal)
    {
        [MultilingualAnalyzer.Name] = () => new MultilingualAnalyzer(),
        [PlainAnalyzer.Name] = () => new PlainAnalyzer(),
    };

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The analyzer of a name, or of an identity that an index stored.</summary>
    /// <param name="name">A name such as <c>plain</c>, or an identity such as <c>plain-v1</c>.</param>
    /// <returns>The analyzer.</returns>
    /// <exception cref="ConfigurationException">No analyzer is called that; the message lists those there are.</exception>
    public static IAnalyzer Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Known.TryGetValue(name, out var create)) return create();
        return Known.Values.Select(make => make()).FirstOrDefault(analyzer => analyzer.Identity == name)
            ?? throw new ConfigurationException("analyzer", [$"'{name}' is not an analyzer; use {string.Join(" or ", Names)}."]);
    }
}
