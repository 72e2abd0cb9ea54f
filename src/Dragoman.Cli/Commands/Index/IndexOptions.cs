using System.CommandLine;
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

    /// <summary>Puts the two into write options.</summary>
    internal static T With<T>(this T options, int memory, int threads) where T : IndexWriteOptions => (T)(options with { MemoryBytes = (long)memory << 20, Threads = threads });
}
