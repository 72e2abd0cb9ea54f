using System.Globalization;
using Dragoman.Cli.Vectors;

namespace Dragoman.Cli.Commands.Encode;

/// <summary>What <c>dragoman encode</c> is asked for.</summary>
internal sealed record EncodeRequest(
    string Model, string? Input, string? Collection, string Output, string? Side, string? Pooling, bool Normalise, string Precision, string? Device, int? Threads, bool Verbose)
{
    /// <summary>The texts.</summary>
    internal EncodedTexts Texts() => Collection is { } folder ? EncodedTexts.OfCollection(folder) : EncodedTexts.OfFile(Input!);

    /// <summary>The command line that asks for a part of the same.</summary>
    /// <param name="shard">The part.</param>
    /// <param name="threads">Threads for it.</param>
    internal IReadOnlyList<string> Arguments(TextShard shard, int threads)
    {
        List<string> arguments = ["encode", "--model", Model, "--output", Output, "--precision", Precision, "--shard", shard.ToString(), "--threads", threads.ToString(CultureInfo.InvariantCulture)];
        Add("--input", Input);
        Add("--collection", Collection);
        Add("--side", Side);
        Add("--pooling", Pooling);
        Add("--device", Device);
        if (Normalise) arguments.Add("--normalize");
        if (Verbose) arguments.Add("--verbose");
        return arguments;

        void Add(string option, string? value)
        {
            if (value is not null) arguments.AddRange([option, value]);
        }
    }
}
