using System.Globalization;
using Dragoman.Cli.Vectors;
using Dragoman.Cli.Workers;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Tensors;

namespace Dragoman.Cli.Commands.Encode;

/// <summary>Encodes with several processes on this machine: each makes a part, which stays until all are there, so that a run which was stopped goes on where it was; then the parts are joined and removed.</summary>
internal static class EncodeWorkers
{
    internal static async Task<int> RunAsync(EncodeRequest asked, int count, CancellationToken token)
    {
        OutputPath.RequireFile(asked.Output);
        if (!OutputPath.IsFile(asked.Output)) throw new ConfigurationException("encode", [$"{asked.Output} is no file; --workers makes a file for each part."]);
        if (ModelOptions.DeviceOf(asked.Device)?.Index is not null) throw new ConfigurationException("encode", [$"{asked.Device} is one device, but --workers asks for {count} processes; use cuda, and each takes a device of its own."]);
        if (ModelOptions.DeviceOf(asked.Device) is { Kind: DeviceKind.Cuda } device) device.Resolve(count - 1);                     // refused once, not by each worker
        var threads = Math.Max(1, (asked.Threads ?? Environment.ProcessorCount) / count);
        var code = await LocalWorkers.RunAsync("dragoman encode", count, rank => asked.Arguments(new TextShard(rank + 1, count), threads), token).ConfigureAwait(false);
        if (code != 0) return code;
        var parts = VectorParts.FindParts(asked.Output, count);
        VectorMerge.Write(parts, token);
        VectorMerge.Remove(parts);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Joined {Amount.Of(parts.Manifest.Vectors, "vector")} of {count} workers in {asked.Output}.")).ConfigureAwait(false);
        return 0;
    }
}
