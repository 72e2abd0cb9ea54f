using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Fitting;

/// <summary>Names a run by all that decides what it makes: two runs with one name make the same weights.</summary>
/// <param name="configuration">The effective configuration.</param>
/// <param name="inputs">Fingerprints of what it reads.</param>
internal sealed class RunFingerprint(JsonObject configuration, JsonObject inputs)
{
    private const string Sampling = "sampling";

    /// <summary>The name of the run.</summary>
    internal string Whole { get; } = Fingerprint.OfText(configuration.ToJsonString() + inputs.ToJsonString());

    /// <summary>The name of what the run makes without sampling, with something of its own beside: runs that differ in <c>sampling</c> alone share it.</summary>
    /// <param name="beside">What decides it, too.</param>
    internal string WithoutSampling(string beside)
    {
        var rest = configuration.DeepClone().AsObject();
        rest.Remove(Sampling);
        return Fingerprint.OfText(rest.ToJsonString() + inputs.ToJsonString() + beside);
    }
}
