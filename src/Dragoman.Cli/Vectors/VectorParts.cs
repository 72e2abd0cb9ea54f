using System.Globalization;
using System.Text.RegularExpressions;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli.Vectors;

/// <summary>The files that hold the vectors of all texts: one that holds all, or the parts that several workers made of it.</summary>
/// <param name="Output">The name asked for.</param>
/// <param name="Files">The files in the order of the texts, with their manifests.</param>
internal sealed partial record VectorParts(string Output, IReadOnlyList<(string Path, VectorManifest Manifest)> Files)
{
    /// <summary>The file of a part: <c>vectors.02-of-16.jsonl.gz</c> of <c>vectors.jsonl.gz</c>, so that the order of the names is that of the parts.</summary>
    internal static string NameOf(string output, TextShard shard)
    {
        var (stem, end) = Split(output);
        var digits = shard.Count.ToString(CultureInfo.InvariantCulture).Length;
        return $"{stem}.{shard.Number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}-of-{shard.Count.ToString(CultureInfo.InvariantCulture)}{end}";
    }

    /// <summary>Finds a file of vectors, or else its parts, and checks that they are whole and belong together. Reads every byte.</summary>
    /// <param name="output">The file's name.</param>
    /// <exception cref="DragomanException">Neither is there, a part is missing or was changed, or parts are of different models or texts.</exception>
    internal static VectorParts Find(string output)
    {
        if (!File.Exists(output)) return FindParts(output, null);
        return new VectorParts(output, [(output, Checked(output))]);
    }

    /// <summary>Finds the parts of a file of vectors.</summary>
    /// <param name="output">The file's name.</param>
    /// <param name="count">How many parts there must be; null for as many as they say themselves.</param>
    /// <exception cref="DragomanException">As with <see cref="Find"/>.</exception>
    internal static VectorParts FindParts(string output, int? count)
    {
        var shards = ShardsBeside(output).Where(shard => count is null || shard.Count == count).ToList();
        if (shards.Count == 0) throw new DragomanException($"There is neither {output} nor a part of it (such as {NameOf(output, new TextShard(1, 2))}); make them with 'dragoman encode --output {output}', for a part with --shard 1/2.");
        var counts = shards.Select(shard => shard.Count).Distinct().Order().ToArray();
        if (counts.Length > 1) throw new DragomanException($"Beside {output} there are parts of different divisions, {string.Join(" and ", counts.Select(of => NameOf(output, shards.First(shard => shard.Count == of))))}; remove those that do not belong to it.");
        var missing = Enumerable.Range(1, counts[0]).Except(shards.Select(shard => shard.Number)).ToArray();
        if (missing.Length > 0)
        {
            var first = new TextShard(missing[0], counts[0]);
            throw new DragomanException($"Of the {counts[0]} parts of {output}, {Amount.Of(missing.Length, "part")} {(missing.Length == 1 ? "is" : "are")} missing, first {NameOf(output, first)}; make {(missing.Length == 1 ? "it" : "each")} with 'dragoman encode --shard {first}'.");
        }
        var files = Enumerable.Range(1, counts[0]).Select(number => NameOf(output, new TextShard(number, counts[0]))).Select(path => (Path: path, Manifest: Checked(path))).ToArray();
        foreach (var (path, manifest) in files.Skip(1))
        {
            if (VectorManifest.Difference(files[0].Manifest, manifest) is { } difference)
                throw new DragomanException($"{files[0].Path} and {path} do not belong together: they were made with {difference}; make the parts anew, all alike.");
        }
        return new VectorParts(output, files);
    }

    /// <summary>What all files have in common; of all texts.</summary>
    internal VectorManifest Manifest => Files[0].Manifest with { Shard = null, Vectors = Files[0].Manifest.Texts };

    private static VectorManifest Checked(string path)
    {
        var manifest = VectorManifest.ReadOrNull(path) ?? throw new DragomanException($"{path} has no {Path.GetFileName(VectorManifest.PathOf(path))} beside it, so it was not finished, or not made by 'dragoman encode'; encode again.");
        return manifest.IsOf(path) ? manifest : throw new DragomanException($"{path} is not the file that its manifest tells of; it was changed or cut short, encode again.");
    }

    private static List<TextShard> ShardsBeside(string output)
    {
        var (stem, end) = Split(output);
        var folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        if (!Directory.Exists(folder)) return [];
        var (first, shards) = (Path.GetFileName(stem) + ".", new List<TextShard>());
        foreach (var name in Directory.EnumerateFiles(folder).Select(Path.GetFileName))
        {
            if (!name!.StartsWith(first, StringComparison.Ordinal) || !name.EndsWith(end, StringComparison.Ordinal) || name.Length < first.Length + end.Length) continue;
            if (Part().Match(name[first.Length..^end.Length]) is { Success: true } part && TextShard.TryParse($"{part.Groups[1].Value}/{part.Groups[2].Value}", out _) is { } shard && Path.GetFileName(NameOf(output, shard)) == name) shards.Add(shard);
        }
        return shards;
    }

    /// <summary>A name's stem, and its endings <c>.jsonl.gz</c>.</summary>
    private static (string Stem, string End) Split(string output)
    {
        var zipped = output.EndsWith(".gz", StringComparison.Ordinal) ? ".gz" : "";
        var plain = output[..^zipped.Length];
        var extension = Path.GetExtension(plain);
        return (plain[..^extension.Length], extension + zipped);
    }

    [GeneratedRegex(@"^(\d{1,9})-of-(\d{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
