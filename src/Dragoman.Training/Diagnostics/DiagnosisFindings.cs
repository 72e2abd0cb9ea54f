using System.Globalization;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Training.Diagnostics;

/// <summary>Turns numbers into what a person can act on: alarms and remarks with likely cause and cure (docs/guides/diagnosing.md).</summary>
internal static class DiagnosisFindings
{
    private const double HighTrace = 0.5, Gain = 0.02;
    private const int SmallBatch = 64, ShortQuery = 8, Most = 8, LeastPairs = 30;

    internal static IEnumerable<DiagnosisFinding> Of(IReadOnlyList<DiagnosedLanguage> languages, IReadOnlyList<DiagnosedPair> pairs, LanguageTrace? trace, IReadOnlyList<DiagnosedChange> changes, EncoderOrigin origin)
    {
        // What a handful of pairs gives is chance.
        var confused = pairs.Where((pair, at) => (at == 0 || pair.Raw.Pairs >= LeastPairs) && pair.Raw.Auc < CollapseLimits.Auc).ToList();
        var found = languages.Where(language => language.Spread.MeanCosine > CollapseLimits.MeanCosine).Select(language => Crowded(language, confused.Count > 0, origin))
            .Concat(confused.Select(pair => Confused(pair, languages[0].Spread.MeanCosine > CollapseLimits.MeanCosine, origin)))
            .Concat(languages.Where(language => language.Spread.EffectiveRank < language.Spread.LeastEffectiveRank).Select(Flat));
        // What holds for several languages for the same reason is told once.
        foreach (var alike in found.GroupBy(finding => (finding.Cause, finding.Cure)))
            yield return alike.First() with { Where = string.Join(", ", alike.Select(finding => finding.Where).Take(Most)) + (alike.Count() > Most ? $" and {alike.Count() - Most} more" : "") };
        if (trace is not null && trace.Accuracy > trace.Chance + HighTrace * (1 - trace.Chance)) yield return Traced(trace, changes);
        if (Best(changes) is { } better && better.Method != PostHocMethod.None) yield return Improvable(changes[0], better);
    }

    /// <summary>The name of a change in tables.</summary>
    internal static string NameOf(PostHocMethod method) => method switch
    {
        PostHocMethod.LanguageCentring => "each language centred",
        PostHocMethod.LanguageComponents => "each language without its first components (LIR)",
        PostHocMethod.AllButTheTop => "all but the top",
        PostHocMethod.Whitening => "each language centred, then whitened",
        _ => "as they are",
    };

    private static DiagnosisFinding Crowded(DiagnosedLanguage language, bool isConfused, EncoderOrigin origin)
    {
        var spread = language.Spread;
        var what = Text($"mean cosine {spread.MeanCosine:F2} is above {CollapseLimits.MeanCosine}{(spread.CentredMeanCosine > 0.1 ? Text($", and still {spread.CentredMeanCosine:F2} without the mean") : "")}");
        return isConfused ? new DiagnosisFinding(true, language.Language, what, Cause(origin), Cure(origin))
            : new DiagnosisFinding(true, language.Language, what, "All vectors share an offset (anisotropy), but pairs still stand out: rankings need differences, not a low level, so this alone is no failure.",
                "Train with info-nce, whose softmax takes a common offset away; or centre the vectors after training. Do not use a fixed cosine as a limit with this model.");
    }

    private static string Cause(EncoderOrigin origin) => origin switch
    {
        { Loss: not (null or "info-nce") } => $"It was trained with loss.name {origin.Loss} over each query's own candidates: where the cosines of positives and negatives rise together that loss is flat, and nothing keeps apart what no group compares.",
        { IsTrained: false } => "The folder has no training.json: a language model that was never trained to make sentence vectors is anisotropic from the start, most of all XLM-R's first token.",
        { BatchSize: < SmallBatch } => Text($"Batches of {origin.BatchSize} give every query only {origin.BatchSize - 1} negatives to stand apart from."),
        { Temperature: > 0.2 } => Text($"At a temperature of {origin.Temperature} near neighbours weigh no more than any text."),
        _ => "The vectors share one direction that the training did not take away; too few negatives, too high a temperature or too low a learning rate are the usual reasons.",
    };

    private static string Cure(EncoderOrigin origin) =>
        $"Train with loss: {{name: info-nce, temperature: 0.05}}, training.batch_size 256 or more{(origin.Pooling == "cls" ? ", encoder.pooling: mean" : "")}{(origin.QueryLength <= ShortQuery ? ", encoder.query_length: 32" : "")} and, after the first epoch, hard negatives (negatives.mine).";

    private static DiagnosisFinding Confused(DiagnosedPair pair, bool isCrowded, EncoderOrigin origin)
    {
        var recovers = pair.Centred.Auc >= CollapseLimits.Auc && pair.Centred.Auc >= pair.Raw.Auc + 0.02;
        return new DiagnosisFinding(true, Name(pair), Text($"AUC {pair.Raw.Auc:F2} is below {CollapseLimits.Auc}: of a pair and a mismatch the mismatch is often the nearer one{(recovers ? Text($"; without the mean it is {pair.Centred.Auc:F2}") : "")}"),
            recovers ? "Part of it is a common offset that covers the differences: without it pairs are told from mismatches."
                : isCrowded ? "This is a collapse: the vectors share one direction and their differences say little about meaning."
                : "The vectors are spread out but do not bring these texts together: the encoder was not trained for these languages or for such texts, or not for long enough.",
            recovers ? "Centre the vectors (the table of changes shows what that brings), or train on with info-nce." : isCrowded ? Cure(origin) : "Train on pairs of these languages, and check that queries and passages get the prompts and lengths they were trained with.");
    }

    private static DiagnosisFinding Flat(DiagnosedLanguage language) => new(true, language.Language,
        Text($"effective rank {language.Spread.EffectiveRank:F1} (the first direction holds {Percent(Share(language.Spread))} of the variance) is below {language.Spread.LeastEffectiveRank:F1}, a tenth of {(language.Spread.Count - 1 < language.Spread.Dimension ? Text($"what {language.Spread.Count} vectors can span") : Text($"{language.Spread.Dimension} dimensions"))}"),
        "A few directions hold nearly all variance: outlier dimensions of the language model, or a dimensional collapse.",
        "More negatives a batch and a lower temperature spread vectors out; whitening shows what can be had without training.");

    private static DiagnosisFinding Traced(LanguageTrace trace, IReadOnlyList<DiagnosedChange> changes)
    {
        var centred = changes.FirstOrDefault(change => change.Method == PostHocMethod.LanguageCentring);
        return new DiagnosisFinding(false, "all", Text($"the nearest centroid tells the language of {Percent(trace.Accuracy)} of the texts (guessing: {Percent(trace.Chance)}); the largest language bias is {trace.LargestBias:F2}"),
            "Language is the shortest way to tell texts apart where training batches hold one language on the passages' side, and a pretrained encoder brings its own trace.",
            $"Mix passages of several languages in every batch; after training, per-language centring takes the offset away{(centred is null ? "" : Text($" (AUC {changes[0].Auc:F3} to {centred.Auc:F3} here)"))}. It matters most where one search covers several languages.");
    }

    private static DiagnosisFinding Improvable(DiagnosedChange now, DiagnosedChange better) => new(false, "all",
        Text($"{NameOf(better.Method)}, {better.Measures[0].Measure} on the sample would be {better.Measures[0].Value:F3} instead of {now.Measures[0].Value:F3}"),
        "What was taken away says nothing about meaning; it was fitted on the other half of the sample, so the gain is no fitting to these texts.",
        "A cure in training (info-nce, several languages a batch) usually brings more and needs nothing at search time.");

    private static DiagnosedChange? Best(IReadOnlyList<DiagnosedChange> changes) =>
        changes.MaxBy(change => change.Measures[0].Value) is { } best && best.Measures[0].Value > changes[0].Measures[0].Value + Gain ? best : null;

    private static double Share(VectorSpread spread)
    {
        var squares = spread.Spectrum.Sum(value => value * value);
        return squares == 0 ? 1 : spread.Spectrum[0] * spread.Spectrum[0] / squares;
    }

    private static string Name(DiagnosedPair pair) => pair.From == pair.To && pair.From == "all" ? "all" : $"{pair.From}>{pair.To}";

    private static string Percent(double share) => Text($"{100 * share:0}%");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
