using System.Globalization;
using System.Runtime.CompilerServices;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

/// <summary>
/// Changes an index without end, one publication a change, until the process is killed: what the tests start themselves as, in a process of its own. The change that leads to a generation
/// follows from its number and the passages before, so that the state of every generation is known.
/// </summary>
internal static class CrashWriter
{
    /// <summary>Names the index folder; where it is set, the program is the writer and no test.</summary>
    internal const string Variable = "DRAGOMAN_TEST_CRASH_WRITER";

    /// <summary>Names a folder of translation tables; where it is set, the index holds weights.</summary>
    internal const string TablesVariable = "DRAGOMAN_TEST_CRASH_TABLES";

    private const int MostPassages = 200;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The test program has no entry point of its own to put this in.")]
    internal static void RunInsteadOfTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return;
        var state = new SortedDictionary<string, Passage>(StringComparer.Ordinal);
        long generation;
        using (var index = SearchIndex.Open(folder))
        {
            generation = index.Manifest.Generation;
            for (var ordinal = 0; ordinal < index.Passages.OrdinalCount; ordinal++)
            {
                if (index.Passages.Contains(ordinal)) state.Add(index.Passages.ReadId(ordinal), index.Passages.Read(ordinal));
            }
        }
        var weigher = Environment.GetEnvironmentVariable(TablesVariable) is { Length: > 0 } tables ? new PsqWeigher(TranslationFolder.Open(tables), ["en"]) : null;
        for (; ; generation++)
        {
            Console.Out.WriteLine(generation.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
            using var writer = IndexChanges.Open(folder, memoryBytes: 6000, weigher);
            Apply(generation + 1, state, writer);
            writer.Publish("crash");
        }
    }

    /// <summary>The change that leads to a generation.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="state">The passages before; changed to those after.</param>
    /// <param name="writer">Makes the change in an index too; null to change the state alone.</param>
    internal static void Apply(long generation, SortedDictionary<string, Passage> state, IndexWriter? writer)
    {
        var random = new Random((int)generation);
        var change = state.Count > MostPassages ? 0 : random.Next(5);
        var some = state.Keys.Where(_ => random.Next(3) == 0).ToList();
        if (change == 0 && some.Count < state.Count)
        {
            writer?.Delete(some);
            foreach (var id in some) state.Remove(id);
        }
        else if (change == 1)
        {
            writer?.Merge(all: true);
        }
        else
        {
            var added = RandomCollection.Passages((int)generation, random.Next(1, 50)).Select((passage, place) => passage with { Id = change == 2 && place < some.Count ? some[place] : $"g{generation}-{place}" }).ToList();
            writer?.Add(added, replace: true);
            foreach (var passage in added) state[passage.Id] = passage;
        }
    }
}
