using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Formats.Psq;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Text.Analysis;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.TranslationTables;

/// <summary>Learns translation tables from parallel text, two for each pair of languages, and writes them to a folder.</summary>
internal sealed class TranslationTableJob(TranslationTableSettings settings, JsonObject effective) : ITrainingJob
{
    private const string ConfigFile = "config.json";

    /// <inheritdoc/>
    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        if (FinishedRun.Manifest(context, effective, "sources", Sources, ConfigFile) is { } finished) return new JsonObject { ["pairs"] = finished["pairs"]?.DeepClone(), ["tables"] = finished["tables"]?.DeepClone(), ["counts"] = finished["counts"]?.DeepClone() };
        using var folder = StageFolder.Begin(context.OutputPath);
        var analyzer = Analyzers.Named(settings.Analyzer);
        var threads = context.Threads ?? Environment.ProcessorCount;
        var (pairs, tables) = (new JsonArray(), new JsonArray());
        var texts = Analyse(analyzer, context, threads, cancellationToken);
        var counts = WriteCounts(folder.WorkingPath, texts);
        foreach (var (from, to) in settings.Pairs)
        {
            var (bitext, passedOver) = texts.Between(from, to);
            if (bitext.Count == 0)
                throw new DragomanException($"The sources hold no text in both {from} and {to} of at most {settings.MaxTerms} terms; add parallel text of these languages, or leave the pair out.");
            context.Log.Message(string.Create(CultureInfo.InvariantCulture,
                $"{from} > {to}: {bitext.Count} pairs of texts ({passedOver} passed over), {bitext.SourceTerms.Count} and {bitext.TargetTerms.Count} terms"));
            var forward = Align(bitext, AlignmentDirection.SourceToTarget, $"{from} > {to}", context, threads, cancellationToken);
            var reverse = Align(bitext, AlignmentDirection.TargetToSource, $"{to} > {from}", context, threads, cancellationToken);
            pairs.Add(new JsonObject { ["pair"] = $"{from} > {to}", ["texts"] = bitext.Count, ["passed_over"] = passedOver, ["forward"] = Measures(forward), ["reverse"] = Measures(reverse) });
            tables.Add(Write(folder.WorkingPath, from, to, TableEstimator.Table(bitext, forward, reverse, AlignmentDirection.SourceToTarget, settings.Table)));
            tables.Add(Write(folder.WorkingPath, to, from, TableEstimator.Table(bitext, forward, reverse, AlignmentDirection.TargetToSource, settings.Table)));
        }
        var result = new JsonObject { ["pairs"] = pairs, ["tables"] = tables, ["counts"] = counts };
        folder.Complete(effective, Manifest(analyzer, result), ConfigFile);
        return result;
    }

    private IReadOnlyList<string> Languages => [.. settings.Pairs.SelectMany(pair => new[] { pair.From, pair.To }).Distinct(StringComparer.Ordinal)];

    private AnalysedTexts Analyse(IAnalyzer analyzer, TrainingContext context, int threads, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var texts = AnalysedTexts.Read(Rows(cancellationToken), Languages, analyzer, settings.MaxTerms, parallel);
        context.Log.Message(string.Create(CultureInfo.InvariantCulture, $"texts in {Languages.Count} languages analysed, {texts.Bytes / 1e6:0.0} MB of terms"));
        return texts;
    }

    /// <summary>Writes how often each language's terms occur in all rows that are used: the background of PSQ-HMM.</summary>
    private JsonArray WriteCounts(string folder, AnalysedTexts texts)
    {
        var written = new JsonArray();
        foreach (var language in Languages)
        {
            var known = new TermCounts(texts.Counts(language));
            var name = TranslationFolder.CountsName(language);
            known.Write(Path.Combine(folder, name));
            written.Add(new JsonObject { ["file"] = name, ["language"] = language, ["terms"] = known.Distinct, ["occurrences"] = known.Total, ["fingerprint"] = Fingerprint.OfFile(Path.Combine(folder, name)) });
        }
        return written;
    }

    private IEnumerable<ParallelRow> Rows(CancellationToken cancellationToken)
    {
        foreach (var source in settings.Sources)
        {
            var position = 0;
            foreach (var row in source.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!source.IsHeldOut(position++) && !(row.Source is { } origin && settings.ExcludedOrigins.Contains(origin))) yield return row;
            }
        }
    }

    private WordAlignmentModel Align(Bitext bitext, AlignmentDirection direction, string name, TrainingContext context, int threads, CancellationToken cancellationToken)
    {
        var steps = settings.Alignment.Model1Iterations + settings.Alignment.DiagonalIterations;
        return new WordAlignmentTrainer(bitext, direction, settings.Alignment, threads, cancellationToken).Train((iteration, logLikelihood) =>
        {
            context.Log.Message(string.Create(CultureInfo.InvariantCulture, $"{name}: iteration {iteration}/{steps}, log-likelihood a term {logLikelihood:0.0000}"));
            context.Log.Event("iteration", new JsonObject { ["name"] = name, ["step"] = iteration, ["log_likelihood"] = logLikelihood });
        });
    }

    private static JsonObject Measures(WordAlignmentModel model) => new()
    {
        ["tension"] = model.Tension is { } tension ? Math.Round(tension, 4) : null,
        ["log_likelihoods"] = new JsonArray([.. model.LogLikelihoods.Select(value => (JsonNode)Math.Round(value, 2))]),
    };

    private static JsonObject Write(string folder, string from, string to, TranslationTable table)
    {
        var name = TranslationFolder.TableName(from, to);
        PsqTable.Write(Path.Combine(folder, name), table);
        return new JsonObject { ["file"] = name, ["from"] = from, ["to"] = to, ["terms"] = table.Sources.Count, ["translations"] = table.EntryCount, ["fingerprint"] = Fingerprint.OfFile(Path.Combine(folder, name)) };
    }

    private JsonObject Manifest(IAnalyzer analyzer, JsonObject result) => new()
    {
        ["analyzer"] = analyzer.Identity,
        ["pairs"] = result["pairs"]!.DeepClone(),
        ["tables"] = result["tables"]!.DeepClone(),
        ["counts"] = result["counts"]!.DeepClone(),
        ["sources"] = Sources(),
    };

    private JsonArray Sources() => [.. settings.Sources.Select(source => new JsonObject { ["file"] = Path.GetFileName(source.Path), ["fingerprint"] = Fingerprint.OfFile(source.Path) })];
}
