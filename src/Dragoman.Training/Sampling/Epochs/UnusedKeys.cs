using Dragoman.Training.Configuration;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Keys that mean nothing beside others.</summary>
internal static class UnusedKeys
{
    /// <summary>Notes a problem for each key that is given all the same, and makes all of them known.</summary>
    /// <param name="section">The section.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="problem">Continues the key's name.</param>
    internal static void Refuse(ConfigurationSection section, IEnumerable<string> keys, string problem)
    {
        foreach (var key in keys)
        {
            if (!section.Has(key))
            {
                section.OptionalText(key);                                               // known from now on
                continue;
            }
            section.Problem(key, problem);
            section.Texts(key, []);
        }
    }
}
