using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index psq</c>: PSQ-HMM weights into an index that is there.</summary>
internal static class IndexPsqCommand
{
    internal static Command Create()
    {
        var (index, memory, threads, weights) = (IndexOptions.Index(), IndexOptions.Memory(), IndexOptions.Threads(), new WeightOptions());
        memory.Description = "Memory for weights before they are written, in MiB.";
        threads.Description = "Threads that weigh terms; the weights do not depend on it.";
        var tables = new Option<string?>("--translation-table") { Description = "Folder of translation tables, made by the analyzer of the index; by default those of the index.", HelpName = "DIR" };
        var remove = new Option<bool>("--remove") { Description = "Remove the weights that are there." };
        var command = new Command("psq", "Puts PSQ-HMM weights into an index, in place of those it has, for searches by --method psq at a fraction of the time.") { index, tables };
        foreach (var option in weights.All) command.Options.Add(option);
        command.Options.Add(remove);
        command.Options.Add(memory);
        command.Options.Add(threads);
        command.SetAction((parsed, token) =>
        {
            var path = parsed.GetRequiredValue(index);
            if (parsed.GetValue(remove) == weights.AreAskedFor(parsed)) throw new ConfigurationException("index psq", ["name the languages of queries with --psq-weights, or remove the weights with --remove, one of the two."]);
            var weigher = WeigherFor(path);
            using var progress = new StageProgress("Weighed", "passages");
            using (var writer = IndexWriter.Open(path))
            {
                writer.Weigh(weigher, (long)parsed.GetValue(memory) << 20, parsed.GetValue(threads), progress, token);
                writer.Publish("psq");
            }
            using var changed = SearchIndex.Open(path);
            Console.Out.WriteLine(changed.Manifest.Weights is { } made
                ? string.Create(CultureInfo.InvariantCulture, $"{path} holds {Describe(made)} now. {progress.Elapsed.TotalSeconds:F1} s.")
                : $"{path} holds no PSQ weights now.");
            return Task.FromResult(0);

            PsqWeigher? WeigherFor(string folder)
            {
                using var opened = SearchIndex.Open(folder);
                var analyzer = Analyzers.Named(IndexConfiguration.Of(opened.Config, Analyzers.Default).Analyzer);
                opened.Require(analyzer);
                return weights.Weigher(parsed, parsed.GetValue(tables) ?? TranslationOptions.FolderOf(opened), analyzer);
            }
        });
        return command;
    }

    /// <summary>What the weights of an index are, for people.</summary>
    internal static string Describe(WeightsSummary weights) => string.Create(CultureInfo.InvariantCulture,
        $"{weights.Pairs.Sum(pair => pair.Postings):N0} PSQ weights for queries in {string.Join(", ", weights.Settings.QueryLanguages)} ({weights.Bytes:N0} bytes)");
}
