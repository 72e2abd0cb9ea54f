using System.Text;
using Dragoman.Collections;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>
/// Which passage terms of one language and query terms of another may stand for each other, with a probability each: the one place that says so, for ranking at query time (<see cref="Of"/>), for weights
/// at index time (<see cref="MeaningsOf"/>) and for explanations. Immutable and thread-safe.
/// </summary>
internal sealed class TermTranslations
{
    private readonly Lazy<Dictionary<string, List<(string PassageTerm, float Probability)>>> _ofQueryTerm;
    private readonly TranslationTable? _ofPassageTerm;
    private readonly Lazy<SoundIndex>? _queryTermsBySound;
    private readonly PsqOptions _options = new();
    private readonly string _passageLanguage = "";

    private TermTranslations(Func<Dictionary<string, List<(string, float)>>> ofQueryTerm, TranslationTable? ofPassageTerm, double identity)
    {
        (_ofQueryTerm, _ofPassageTerm, Identity) = (new(ofQueryTerm), ofPassageTerm, identity);
    }

    private TermTranslations(TranslationTable ofPassageTerm, PsqOptions options, string queryLanguage, string passageLanguage)
        : this(() => Transpose(ofPassageTerm), ofPassageTerm, options.Identity)
    {
        (_options, _passageLanguage) = (options, passageLanguage);
        _queryTermsBySound = new(() => new SoundIndex(Enumerable.Range(0, ofPassageTerm.Targets.Count).Select(number => ofPassageTerm.Targets[number]), number => ofPassageTerm.Targets[number], queryLanguage));
        NearestRows = new(() => new NearestRows(ofPassageTerm));
    }

    /// <summary>Finds rows that speak for passage terms without one; null when rows are not passage terms.</summary>
    internal Lazy<NearestRows>? NearestRows { get; }

    /// <summary>Every term stands for itself alone: query and passages in one language.</summary>
    internal static TermTranslations Same { get; } = Alike(1);

    /// <summary>Probability of a query term that no table knows to stand for itself.</summary>
    internal double Identity { get; }

    /// <summary>The query terms that <see cref="MeaningsOf"/> numbers.</summary>
    internal IdTable QueryTerms => (_ofPassageTerm ?? throw NotOfPassageTerms()).Targets;

    /// <summary>Terms stand for terms that are written alike: languages without a table.</summary>
    /// <param name="identity">The probability.</param>
    internal static TermTranslations Alike(double identity) => new(() => new(StringComparer.Ordinal), null, identity);

    /// <summary>From P(query term | passage term), a row a passage term: what PSQ-HMM needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">How terms stand for themselves, for what sounds alike, and for what begins alike.</param>
    /// <param name="queryLanguage">Language of the query terms.</param>
    /// <param name="passageLanguage">Language of the passage terms.</param>
    internal static TermTranslations FromPassageTerms(TranslationTable table, PsqOptions options, string queryLanguage, string passageLanguage) => new(table, options, queryLanguage, passageLanguage);

    /// <summary>From P(passage term | query term), a row a query term: what PSQ at query time needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="identity">The least probability of a term standing for itself.</param>
    internal static TermTranslations FromQueryTerms(TranslationTable table, double identity) => new(() => Rows(table), null, identity);

    /// <summary>The passage terms that the table gives for a query term, itself included where it stands for itself. <see cref="OpenVocabulary"/> adds what an index holds beyond them.</summary>
    /// <param name="queryTerm">The query term.</param>
    internal IEnumerable<TermMatch> Of(string queryTerm)
    {
        var (self, kind) = (Identity, PsqMatchKind.Identity);
        foreach (var (passageTerm, probability) in _ofQueryTerm.Value.GetValueOrDefault(queryTerm) ?? [])
        {
            if (passageTerm == queryTerm)
            {
                if (probability >= self) (self, kind) = (probability, PsqMatchKind.Table);
                continue;
            }
            yield return new TermMatch(passageTerm, probability, PsqMatchKind.Table);
        }
        if (self > 0) yield return new TermMatch(queryTerm, self, kind);
    }

    /// <summary>
    /// The query terms of a passage term: the same pairs as <see cref="OpenVocabulary.Of"/> gives, for those query terms that the table knows. Any other query term stands only for what is written or sounds like it.
    /// </summary>
    /// <param name="passageTerm">The passage term, UTF-8.</param>
    /// <returns>Numbers in <see cref="QueryTerms"/>, each once.</returns>
    internal IReadOnlyCollection<KeyValuePair<int, double>> MeaningsOf(ReadOnlySpan<byte> passageTerm)
    {
        var table = _ofPassageTerm ?? throw NotOfPassageTerms();
        var meanings = new OrderedDictionary<int, double>();
        var (term, row) = (Encoding.UTF8.GetString(passageTerm), table.Sources.IndexOf(passageTerm));
        if (row >= 0) AddRow(table, row, 1, meanings);
        else if (_options.BackOff > 0) AddNearestRows(table, term, meanings);
        Raise(meanings, table.Targets.IndexOf(passageTerm), Identity);
        if (_options.Transliteration > 0)
            foreach (var alike in _queryTermsBySound!.Value.Of(term, _passageLanguage)) Raise(meanings, table.Targets.IndexOf(alike), _options.Transliteration);
        return meanings;
    }

    private void AddNearestRows(TranslationTable table, string term, OrderedDictionary<int, double> meanings)
    {
        var near = NearestRows!.Value.Of(term);
        foreach (var row in near) AddRow(table, table.Sources.IndexOf(row), _options.BackOff / near.Length, meanings);
    }

    private static void AddRow(TranslationTable table, int row, double share, OrderedDictionary<int, double> meanings)
    {
        var targets = table.TargetsAt(row);
        var probabilities = table.ProbabilitiesAt(row);
        for (var place = 0; place < targets.Length; place++) meanings[targets[place]] = meanings.GetValueOrDefault(targets[place]) + (share * probabilities[place]);
    }

    private static void Raise(OrderedDictionary<int, double> meanings, int queryTerm, double probability)
    {
        if (queryTerm >= 0 && probability > meanings.GetValueOrDefault(queryTerm)) meanings[queryTerm] = probability;
    }

    private static Dictionary<string, List<(string, float)>> Transpose(TranslationTable table)
    {
        var transposed = new Dictionary<string, List<(string, float)>>(StringComparer.Ordinal);
        for (var source = 0; source < table.Sources.Count; source++)
        {
            var passageTerm = table.Sources[source];
            foreach (var (queryTerm, probability) in table.TranslationsOf(passageTerm))
            {
                if (!transposed.TryGetValue(queryTerm, out var list)) transposed[queryTerm] = list = [];
                list.Add((passageTerm, probability));
            }
        }
        return transposed;
    }

    private static Dictionary<string, List<(string, float)>> Rows(TranslationTable table)
    {
        var direct = new Dictionary<string, List<(string, float)>>(StringComparer.Ordinal);
        for (var source = 0; source < table.Sources.Count; source++)
            direct[table.Sources[source]] = [.. table.TranslationsOf(table.Sources[source]).Select(translation => (translation.Target, translation.Probability))];
        return direct;
    }

    private static InvalidOperationException NotOfPassageTerms() => new("These translations were not made from passage terms.");
}
