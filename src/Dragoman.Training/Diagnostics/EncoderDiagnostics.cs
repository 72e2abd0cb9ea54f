using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;
using Dragoman.Models.Encoders;

namespace Dragoman.Training.Diagnostics;

/// <summary>How much a diagnosis looks at.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>The split of judgements; null for the only one.</summary>
    public string? Split { get; init; }

    /// <summary>Most queries, 2 or more.</summary>
    public int Queries { get; init; } = 2000;

    /// <summary>Most passages beside those that answer the queries, 0 or more.</summary>
    public int Passages { get; init; } = 2000;

    /// <summary>Seed of the draw.</summary>
    public int Seed { get; init; } = 42;
}

/// <summary>Looks at an encoder's vectors of a collection (formulas and limits: docs/guides/diagnosing.md).</summary>
public static class EncoderDiagnostics
{
    private const string All = "all";
    private const int MostPoints = 150;
    private static readonly IReadOnlyList<Measure> Measures = MeasureParser.ParseAll("nDCG@10 RR@10 R@100");

    /// <summary>Diagnoses an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="modelFolder">Its folder, whose <c>training.json</c>, if there is one, helps to name a cause; null when there is none.</param>
    /// <param name="collection">Texts and judgements that it was not trained on.</param>
    /// <param name="options">How much to look at.</param>
    /// <param name="tell">Told how far it has come.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DragomanException">The collection has fewer than two queries with a relevant passage.</exception>
    public static EncoderDiagnosis Measure(ITextEncoder encoder, string? modelFolder, Collection collection, DiagnosisOptions options, Action<string>? tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(options);
        var sample = CollectionSample.Draw(collection, options.Split, options.Queries, options.Passages, options.Seed, cancellationToken);
        tell?.Invoke($"Encoding {Amount.Of(sample.Queries.Length, "query")} and {Amount.Of(sample.Passages.Length, "passage")}.");
        var (queries, passages) = (Encoded(sample.Queries.Length, encoder.Dimension, rows => encoder.EncodeQueries([.. sample.Queries.Select(query => query.Text)], rows)),
            Encoded(sample.Passages.Length, encoder.Dimension, rows => encoder.Encode([.. sample.Passages.Select(passage => passage.FullText)], rows)));
        cancellationToken.ThrowIfCancellationRequested();
        tell?.Invoke("Measuring.");
        var groups = Groups(sample, queries, passages);
        var languages = Languages(sample, groups);
        var pairs = Pairs(sample, queries, passages);
        var trace = groups.Count > 1 ? LanguageTrace.Measure(groups) : null;
        tell?.Invoke("Trying what could be done without training.");
        var changes = WhatIf(sample, queries, passages, cancellationToken);
        var (points, centroids) = Plane(groups);
        return new EncoderDiagnosis
        {
            Model = encoder.Identity, Collection = collection.Folder, Split = options.Split, Seed = options.Seed, Queries = sample.Queries.Length, Passages = sample.Passages.Length,
            Languages = languages, Pairs = pairs, Trace = trace, Changes = changes, Points = points, Centroids = centroids,
            Findings = [.. DiagnosisFindings.Of(languages, pairs, trace, changes, EncoderOrigin.Read(modelFolder))],
        };
    }

    private delegate void Encode(Span<float> rows);

    private static Vectors Encoded(int count, int dimension, Encode encode)
    {
        var rows = new float[count * dimension];
        encode(rows);
        return new Vectors(rows, dimension);
    }

    /// <summary>The vectors of each language that has two or more, by its tag.</summary>
    private static List<(string Language, Vectors Vectors)> Groups(CollectionSample sample, Vectors queries, Vectors passages) =>
    [
        .. sample.Queries.Select(query => query.Language).Concat(sample.Passages.Select(passage => passage.Language)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(language => (language, Vectors.Of(
                queries.Select([.. Enumerable.Range(0, queries.Count).Where(row => sample.Queries[row].Language == language)]),
                passages.Select([.. Enumerable.Range(0, passages.Count).Where(row => sample.Passages[row].Language == language)]))))
            .Where(group => group.Item2.Count > 1),
    ];

    private static List<DiagnosedLanguage> Languages(CollectionSample sample, List<(string Language, Vectors Vectors)> groups)
    {
        DiagnosedLanguage One(string language, Vectors vectors) => new(language, sample.Queries.Count(query => language == All || query.Language == language),
            sample.Passages.Count(passage => language == All || passage.Language == language), VectorSpread.Measure(vectors));
        var all = One(All, Vectors.Of([.. groups.Select(group => group.Vectors)]));
        return groups.Count < 2 ? [all] : [all, .. groups.Select(group => One(group.Language, group.Vectors))];
    }

    private static List<DiagnosedPair> Pairs(CollectionSample sample, Vectors queries, Vectors passages)
    {
        var kinds = Once(sample.Pairs, pair => (pair.Passage, sample.Queries[pair.Query].Language)).GroupBy(pair => (From: sample.Queries[pair.Query].Language, To: sample.Passages[pair.Passage].Language)).Where(kind => kind.Count() > 1)
            .OrderBy(kind => kind.Key.From, StringComparer.Ordinal).ThenBy(kind => kind.Key.To, StringComparer.Ordinal).ToList();
        DiagnosedPair One(string from, string to, IReadOnlyList<(int Query, int Passage)> pairs)
        {
            var (left, right) = (queries.Select([.. pairs.Select(pair => pair.Query)]), passages.Select([.. pairs.Select(pair => pair.Passage)]));
            var mean = Vectors.Of(left, right).Mean();
            var isPositive = KnownAnswers(sample, pairs);
            return new DiagnosedPair(from, to, PairContrast.Measure(left, right, isPositive), PairContrast.Measure(left.Minus(mean), right.Minus(mean), isPositive));
        }
        return kinds.Count == 1 ? [One(kinds[0].Key.From, kinds[0].Key.To, [.. kinds[0]])] : [One(All, All, Once(Mixed(sample.Pairs), pair => pair.Passage)), .. kinds.Select(kind => One(kind.Key.From, kind.Key.To, [.. kind]))];
    }

    /// <summary>Each passage once, as a text met twice would be its own mismatch.</summary>
    private static List<(int Query, int Passage)> Once<TKey>(IEnumerable<(int Query, int Passage)> pairs, Func<(int Query, int Passage), TKey> by) => [.. pairs.DistinctBy(by)];

    /// <summary>The pairs in an order in which languages of queries and passages alternate, however the ids sort; the same every time.</summary>
    private static (int Query, int Passage)[] Mixed((int Query, int Passage)[] pairs)
    {
        var mixed = pairs.ToArray();
        new Random(pairs.Length).Shuffle(mixed);
        return mixed;
    }

    private static Func<int, int, bool> KnownAnswers(CollectionSample sample, IReadOnlyList<(int Query, int Passage)> pairs)
    {
        var relevant = sample.Relevant.Select(places => places.ToHashSet()).ToArray();
        return (row, other) => relevant[pairs[row].Query].Contains(pairs[other].Passage);
    }

    /// <summary>Every change is fitted on the texts of one half of the queries and measured on the other half, both ways round.</summary>
    private static List<DiagnosedChange> WhatIf(CollectionSample sample, Vectors queries, Vectors passages, CancellationToken cancellationToken)
    {
        var (result, mixed) = (new List<DiagnosedChange>(), Mixed(sample.Pairs));
        foreach (var method in Enum.GetValues<PostHocMethod>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (run, cosines, auc, recall, weights) = (new RunBuilder(method.ToString()), 0.0, 0.0, 0.0, 0);
            for (var half = 0; half < 2; half++)
            {
                var measured = Enumerable.Range(0, queries.Count).Where(query => query % 2 == half).ToList();
                var change = Change(method, sample, queries, passages, measured);
                var changedQueries = Changed(queries, row => change?.Apply(sample.Queries[row].Language, queries.Row(row)));
                var changedPassages = Changed(passages, row => change?.Apply(sample.Passages[row].Language, passages.Row(row)));
                SampleSearch.Add(run, sample, changedQueries, changedPassages, measured);
                var pairs = Once(mixed.Where(pair => pair.Query % 2 == half), pair => pair.Passage);
                if (pairs.Count < 2) continue;
                var (left, right) = (changedQueries.Select([.. pairs.Select(pair => pair.Query)]), changedPassages.Select([.. pairs.Select(pair => pair.Passage)]));
                var contrast = PairContrast.Measure(left, right, KnownAnswers(sample, pairs));
                cosines += pairs.Count * VectorSpread.MeanCosineOf(Vectors.Of(left, right));
                auc += pairs.Count * contrast.Auc;
                recall += pairs.Count * contrast.RecallAt1;
                weights += pairs.Count;
            }
            var evaluated = Evaluator.Evaluate(sample.Qrels, run.Build(), Measures, new EvaluationOptions());
            result.Add(new DiagnosedChange(method, cosines / weights, auc / weights, recall / weights, [.. Measures.Select(measure => (measure.Name, evaluated[measure]))]));
        }
        return result;
    }

    private static PostHocTransform? Change(PostHocMethod method, CollectionSample sample, Vectors queries, Vectors passages, List<int> measured)
    {
        if (method == PostHocMethod.None) return null;
        var (left, right) = (measured.ToHashSet(), measured.SelectMany(query => sample.Relevant[query]).ToHashSet());
        var texts = Enumerable.Range(0, queries.Count).Where(row => !left.Contains(row)).Select(row => (sample.Queries[row].Language, Row: queries.Row(row).ToArray()))
            .Concat(Enumerable.Range(0, passages.Count).Where(row => !right.Contains(row)).Select(row => (sample.Passages[row].Language, Row: passages.Row(row).ToArray())));
        return PostHocTransform.Fit(method, [.. texts.GroupBy(text => text.Language, StringComparer.Ordinal).Select(group => (group.Key, new Vectors([.. group.SelectMany(text => text.Row)], queries.Dimension)))]);
    }

    private static Vectors Changed(Vectors vectors, Func<int, float[]?> change)
    {
        if (vectors.Count == 0 || change(0) is not { } first) return vectors;
        var rows = new float[vectors.Count * first.Length];
        Parallel.For(0, vectors.Count, row => change(row)!.CopyTo(rows.AsSpan(row * first.Length)));
        return new Vectors(rows, first.Length);
    }

    private static (List<DiagnosedPoint> Points, List<DiagnosedPoint> Centroids) Plane(List<(string Language, Vectors Vectors)> groups)
    {
        var all = Vectors.Of([.. groups.Select(group => group.Vectors)]);
        var mean = all.Mean();
        if (all.Dimension < 2) return ([], []);
        var vectors = all.Covariance(mean).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenVectors;
        var (first, second) = (vectors.Column(all.Dimension - 1), vectors.Column(all.Dimension - 2));
        DiagnosedPoint At(string language, Func<int, double> value) => new(language, Enumerable.Range(0, all.Dimension).Sum(k => (value(k) - mean[k]) * first[k]), Enumerable.Range(0, all.Dimension).Sum(k => (value(k) - mean[k]) * second[k]));
        DiagnosedPoint Centroid((string Language, Vectors Vectors) group)
        {
            var own = group.Vectors.Mean();
            return At(group.Language, k => own[k]);
        }
        List<DiagnosedPoint> points =
        [
            .. groups.SelectMany(group => Enumerable.Range(0, Math.Min(MostPoints, group.Vectors.Count)).Select(point => (int)((long)point * group.Vectors.Count / Math.Min(MostPoints, group.Vectors.Count)))
                .Select(row => At(group.Language, k => group.Vectors.Row(row)[k]))),
        ];
        return (points, [.. groups.Select(Centroid)]);
    }
}
