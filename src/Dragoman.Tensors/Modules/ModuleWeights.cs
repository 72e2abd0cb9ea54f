using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Modules;

/// <summary>What to do with keys that a weight file and a module do not share.</summary>
public sealed record LoadOptions
{
    /// <summary>Turns a key of the file into the module's; null leaves the file's tensor out without complaint.</summary>
    /// <value>By default keys are equal.</value>
    public Func<string, string?> KeyOf { get; init; } = key => key;

    /// <summary>Says of a parameter that the file lacks whether it may keep its first value.</summary>
    /// <value>By default none may.</value>
    public Func<string, bool> MayBeMissing { get; init; } = _ => false;
}

/// <summary>Fills a module from a weight file, and writes it to one.</summary>
public static class ModuleWeights
{
    /// <summary>Copies every parameter from a file, converting types.</summary>
    /// <param name="module">The module to fill.</param>
    /// <param name="source">The file.</param>
    /// <param name="options">What to do with keys that are not shared; null for exact agreement.</param>
    /// <returns>Keys of parameters that the file lacked and that kept their first value.</returns>
    /// <exception cref="CheckpointException">A tensor is missing, unknown, or of another shape.</exception>
    public static IReadOnlyList<string> Load(Module module, IWeightSource source, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new LoadOptions();
        var parameters = module.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in source.Names)
        {
            if (options.KeyOf(key) is not { } name) continue;
            if (!parameters.ContainsKey(name)) throw new CheckpointException(source.Path, key, "the model has no such tensor; is config.json that of these weights?");
            if (!keys.TryAdd(name, key)) throw new CheckpointException(source.Path, key, $"it and '{keys[name]}' stand for the same tensor.");
        }
        var missing = parameters.Keys.Where(name => !keys.ContainsKey(name)).ToList();
        if (missing.FirstOrDefault(name => !options.MayBeMissing(name)) is { } lost)
            throw new CheckpointException(source.Path, lost, "the model needs this tensor and the file lacks it.");
        foreach (var (name, key) in keys) Copy(source, key, parameters[name].Value);
        return missing;
    }

    /// <summary>A module's parameters as entries of a weight file.</summary>
    /// <param name="module">The module; it must live until the file is written.</param>
    public static IReadOnlyList<WeightEntry> Entries(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return [.. module.Parameters.Select(parameter => WeightEntry.From(parameter.Name, parameter.Value))];
    }

    /// <summary>Writes a module's parameters as safetensors, whole or not at all.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">Target; an existing file is replaced at the end.</param>
    public static void Save(Module module, string path) =>
        SafetensorsWriter.Write(path, Entries(module), new Dictionary<string, string> { ["format"] = "pt" });

    private static void Copy(IWeightSource source, string key, Tensor target)
    {
        var info = source.Info(key);
        if (!info.Shape.SequenceEqual(target.Shape))
            throw new CheckpointException(source.Path, key, $"it has shape [{string.Join(", ", info.Shape)}]; the model needs [{string.Join(", ", target.Shape)}].");
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        target.CopyInPlace(Tensor.FromBytes(source.Bytes(key), info.Type, [.. info.Shape]));
    }
}
