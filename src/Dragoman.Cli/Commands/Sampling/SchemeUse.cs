using System.CommandLine;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Which options which schemes use, so that one that would change nothing is refused.</summary>
internal sealed class SchemeUse
{
    /// <summary>Schemes that propose candidates by their scores.</summary>
    internal static readonly string[] Proposing =
        [SamplingScheme.Rejection, SamplingScheme.QuasiRejection, SamplingScheme.Importance, SamplingScheme.Resampling, SamplingScheme.Rso, SamplingScheme.Raft, SamplingScheme.Rest];

    /// <summary>Schemes that follow a target made of grades.</summary>
    internal static readonly string[] Targeted = [SamplingScheme.Rejection, SamplingScheme.QuasiRejection, SamplingScheme.Importance, SamplingScheme.Resampling, SamplingScheme.GumbelTopK];

    /// <summary>Schemes that accept or reject one proposal after the other.</summary>
    internal static readonly string[] Accepting = [SamplingScheme.Rejection, SamplingScheme.QuasiRejection, SamplingScheme.Rso];

    /// <summary>Schemes that rate candidates by a reward.</summary>
    internal static readonly string[] Rewarded = [SamplingScheme.Rso, SamplingScheme.Raft, SamplingScheme.Rest];

    private readonly List<(Option Option, string[] Schemes)> _rules = [];

    /// <summary>Says who uses an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="schemes">The schemes.</param>
    internal void Belongs(Option option, params IEnumerable<string> schemes) => _rules.Add((option, [.. schemes]));

    /// <summary>Whether an option was written by the person.</summary>
    internal static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Options that were given and that the scheme does not use, a sentence each.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scheme">The scheme.</param>
    internal IEnumerable<string> Problems(ParseResult parsed, string scheme) =>
        from rule in _rules
        where !rule.Schemes.Contains(scheme) && IsGiven(parsed, rule.Option)
        select $"{rule.Option.Name} belongs to --scheme {Listed(rule.Schemes)}; {scheme} does not use it, so leave it out.";

    private static string Listed(string[] schemes) => schemes.Length == 1 ? schemes[0] : $"{string.Join(", ", schemes[..^1])} or {schemes[^1]}";
}
