using Dragoman.Collections.Errors;

namespace Dragoman.Training.Configuration;

/// <summary>Gathers what is wrong with one configuration file, so that all of it is told at once, in the order of the file's lines.</summary>
internal sealed class ConfigurationProblems(string source)
{
    private readonly List<(long Line, string Problem)> _problems = [];

    internal int Count => _problems.Count;

    /// <summary>Notes a problem; a key that is read twice has it once.</summary>
    internal void Add(long line, string problem)
    {
        if (!_problems.Contains((line, problem))) _problems.Add((line, problem));
    }

    internal void AddAll(ConfigurationProblems others) => _problems.AddRange(others._problems);

    /// <summary>Throws when anything was wrong.</summary>
    /// <exception cref="ConfigurationException">There is at least one problem.</exception>
    internal void ThrowIfAny()
    {
        if (_problems.Count == 0) return;
        throw new ConfigurationException(source, [.. _problems.OrderBy(entry => entry.Line).Select(entry => $"line {entry.Line}: {entry.Problem}")]);
    }
}
