using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis;
using Dragoman.Training.Configuration;
using Dragoman.Training.Jobs;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.TranslationTables;

/// <summary>Reads the configuration of <c>task: translation-table</c>.</summary>
internal static class TranslationTableConfiguration
{
    internal static ITrainingJob Read(ConfigurationFile file)
    {
        var root = file.Root;
        var (alignment, table) = (root.Section("alignment"), root.Section("table"));
        var settings = new TranslationTableSettings
        {
            Analyzer = Analyzer(root),
            Pairs = [.. root.Texts("pairs", null).Select(pair => Pair(root, pair))],
            Sources = [.. root.Sections("sources").Select(Source)],
            ExcludedOrigins = root.Texts("exclude_origins", []),
            MaxTerms = root.WholeNumber("max_terms", 80, least: 1, most: 200),
            Alignment = new WordAlignmentOptions
            {
                Model1Iterations = alignment.WholeNumber("model1_iterations", 5, least: 1, most: 1000),
                DiagonalIterations = alignment.WholeNumber("diagonal_iterations", 5, least: 0, most: 1000),
                NullProbability = alignment.Number("null_probability", 0.08, 1e-6, 1 - 1e-6),
                FirstTension = alignment.Number("first_tension", 4, DiagonalPrior.LeastTension, DiagonalPrior.MostTension),
                Concentration = alignment.Number("concentration", 0.01, 0, 10),
            },
            Table = new TableOptions
            {
                Estimate = table.Choice("estimate", "viterbi", ("viterbi", TableEstimate.Viterbi), ("mean", TableEstimate.Mean)),
                Symmetrisation = table.Choice("symmetrisation", "grow-diag-final-and",
                    ("grow-diag-final-and", SymmetrisationMethod.GrowDiagFinalAnd), ("intersection", SymmetrisationMethod.Intersection), ("union", SymmetrisationMethod.Union)),
                MinProbability = table.Number("min_probability", 1e-4, 0, 0.99),
                MaxTranslations = table.WholeNumber("max_translations", 64, least: 1),
                MinCount = table.WholeNumber("min_count", 1, least: 1),
            },
        };
        if (settings.Sources.Count == 0) root.Problem("sources", "is empty; list at least one file of parallel text.");
        return new TranslationTableJob(settings, root.Effective);
    }

    private static ParallelSource Source(ConfigurationSection section)
    {
        foreach (var key in new[] { "weight", "running" })
            if (section.Has(key)) section.Problem(key, "means nothing for translation tables; leave it out.");
        return ParallelSourceConfiguration.Read(section);
    }

    private static string Analyzer(ConfigurationSection root)
    {
        var name = root.Text("analyzer", Analyzers.Default);
        try
        {
            Analyzers.Named(name);
        }
        catch (ConfigurationException unknown)
        {
            root.Problem("analyzer", $"is '{name}': {unknown.Problems[0]}");
        }
        return name;
    }

    private static (string From, string To) Pair(ConfigurationSection root, string text)
    {
        if (ParallelSourceConfiguration.Pair(text) is not var (from, to))
        {
            root.Problem("pairs", $"has \"{text}\"; write a pair as \"zh > kk\".");
            return ("", "");
        }
        if (from == to) root.Problem("pairs", $"has \"{text}\"; the two languages must differ.");
        foreach (var tag in new[] { from, to })
            if (LanguageShape.Normalise(tag) is null) root.Problem("pairs", $"has \"{text}\"; {LanguageShape.Problem(tag)}");
        return (LanguageShape.Normalise(from) ?? from, LanguageShape.Normalise(to) ?? to);
    }
}
