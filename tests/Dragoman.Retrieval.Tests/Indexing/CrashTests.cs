using System.Diagnostics;
using System.Globalization;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Tests.FirstStage.Phrases;
using Dragoman.Retrieval.Tests.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.Indexing;

public class CrashTests
{
    private const int Indexes = 4, KillsOfEach = 50, RebuildsOfEach = 8, KillsWithWeights = 24;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Kill_AtRandomMoments_LeavesThePublishedGeneration()
    {
        using var folder = new TemporaryFolder();
        var generations = new long[Indexes];
        await Parallel.ForEachAsync(Enumerable.Range(0, Indexes), new ParallelOptions { MaxDegreeOfParallelism = Indexes, CancellationToken = Token },
            async (number, token) => generations[number] = await KillAgainAndAgain(folder, number, KillsOfEach, null, token));
        // Most writers came to publish something before they were killed.
        generations.Sum().ShouldBeGreaterThan(Indexes * KillsOfEach);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Kill_IndexWithWeights_LeavesTheWeightsOfThePublishedGeneration()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 1);
        (await KillAgainAndAgain(folder, 1, KillsWithWeights, tables, Token)).ShouldBeGreaterThan(KillsWithWeights);
    }

    private static async Task<long> KillAgainAndAgain(TemporaryFolder folder, int number, int kills, TranslationFolder? tables, CancellationToken token)
    {
        var path = folder[$"index-{number}"];
        var state = new SortedDictionary<string, Passage>(RandomCollection.Passages(number, 40).ToDictionary(passage => passage.Id), StringComparer.Ordinal);
        SearchIndex Made(string folderPath) => RandomCollection.Index(folderPath, state.Values, weigher: tables is null ? null : new PsqWeigher(tables, ["en"]), positions: true);
        Made(path).Dispose();
        var (random, generation) = (new Random(number), 1L);
        for (var kill = 0; kill < kills; kill++)
        {
            var told = await WriteAndKill(path, tables?.FolderPath, random, token);
            using var index = SearchIndex.Open(path);
            index.Manifest.Generation.ShouldBeGreaterThanOrEqualTo(Math.Max(told, generation));
            while (generation < index.Manifest.Generation) CrashWriter.Apply(++generation, state, writer: null);
            var passages = Enumerable.Range(0, index.Passages.OrdinalCount).Where(index.Passages.Contains).Select(index.Passages.Read).OrderBy(passage => passage.Id, StringComparer.Ordinal);
            passages.ToList().ShouldBe(state.Values.ToList(), $"generation {generation} after kill {kill}");
            if (kill % (kills / RebuildsOfEach) != 0) continue;
            using var rebuilt = Made(folder[$"rebuilt-{number}-{kill}"]);
            RandomPhrases.ShouldFindThem(index, state.Values, RandomPhrases.Queries(kill, 10));
            IndexWriterTests.ShouldRankAlike(index, rebuilt, RandomCollection.Queries(kill, 5));
            if (tables is not null) StoredPsqTests.ShouldRankAlike(index, rebuilt, tables, RandomTables.Queries(kill, 10));
        }
        return generation;
    }

    /// <summary>Starts a writer and kills it somewhere after a random number of publications; gives the last generation it told of.</summary>
    private static async Task<long> WriteAndKill(string path, string? tables, Random random, CancellationToken token)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[CrashWriter.Variable] = path;
        start.Environment[CrashWriter.TablesVariable] = tables;
        start.Environment["DOTNET_TieredPGO"] = "0";
        using var writer = Process.Start(start)!;
        var told = 0L;
        for (var publications = random.Next(1, 5); publications > 0; publications--)
            told = long.Parse(await writer.StandardOutput.ReadLineAsync(token) ?? throw new InvalidOperationException("The writer ended by itself."), CultureInfo.InvariantCulture);
        // Not a pause for something to happen: the moment of the kill is to fall anywhere within a change.
        var until = Stopwatch.GetTimestamp() + random.NextInt64(Stopwatch.Frequency / 25);
        while (Stopwatch.GetTimestamp() < until) Thread.SpinWait(20);
        writer.Kill();
        await writer.WaitForExitAsync(token);
        return told;
    }
}
