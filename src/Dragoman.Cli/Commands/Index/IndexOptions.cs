using System.CommandLine;
using Dragoman.Cli.Vectors;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Cli.Commands.Index;

/// <summary>Options that the commands which write an index share.</summary>
internal static class IndexOptions
{
    private const int DefaultMemory = 512;

    internal static Option<string> Index() => new("--index") { Description = "Index folder, as 'dragoman index' makes it.", Required = true, HelpName = "DIR" };

    internal static Option<int> Memory()
    {
        var option = new Option<int>("--memory-mb") { Description = "Memory for the passages of a segment before it is written, in MiB.", HelpName = "N", DefaultValueFactory = _ => DefaultMemory };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "Threads that analyse texts; the index does not depend on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal static Option<string?> Encoded() => new("--encoded") { Description = "Vectors that 'dragoman encode --collection' made of this collection by the same model, in one file or in parts (named as the whole), instead of encoding now.", HelpName = "OUT.jsonl" };

    /// <summary>Opens vectors that were made before; null when none are named.</summary>
    internal static EncodedPassages? Open(string? encoded, ITextEncoder? encoder, string corpus)
    {
        if (encoded is null) return null;
        return encoder is null ? throw new ConfigurationException("index", ["--encoded names vectors, but this index has none; leave it out, or name the model that made them with --model."]) : EncodedPassages.Open(encoded, encoder, corpus);
    }

    /// <summary>Puts the two into write options.</summary>
    internal static T With<T>(this T options, int memory, int threads) where T : IndexWriteOptions => (T)(options with { MemoryBytes = (long)memory << 20, Threads = threads });
}
