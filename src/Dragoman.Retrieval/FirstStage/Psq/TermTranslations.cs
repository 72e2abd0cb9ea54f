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

    private TermTranslations(Func<Dictionary<string, List<(string, float)>>> ofQueryTerm, TranslationTable? ofPassageTerm, double identity)
    {
        (_ofQueryTerm, _ofPassageTerm, Identity) = (new(ofQueryTerm), ofPassageTerm, identity);
    }

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
    /// <param name="identity">The least probability of a term standing for itself.</param>
    internal static TermTranslations FromPassageTerms(TranslationTable table, double identity) => new(() => Transpose(table), table, identity);

    /// <summary>From P(passage term | query term), a row a query term: what PSQ at query time needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="identity">The least probability of a term standing for itself.</param>
    internal static TermTranslations FromQueryTerms(TranslationTable table, double identity) => new(() => Rows(table), null, identity);

    /// <summary>The passage terms of a query term, itself included where it stands for itself.</summary>
    /// <param name="queryTerm">The query term.</param>
    internal IEnumerable<(string PassageTerm, double Probability)> Of(string queryTerm)
    {
        var self = Identity;
        foreach (var (passageTerm, probability) in _ofQueryTerm.Value.GetValueOrDefault(queryTerm) ?? [])
        {
            if (passageTerm == queryTerm)
            {
                self = Math.Max(self, probability);
                continue;
            }
            yield return (passageTerm, probability);
        }
        if (self > 0) yield return (queryTerm, self);
    }

    /// <summary>The query terms of a passage term: the same pairs as <see cref="Of"/> gives, for those query terms that the table knows. Any other query term stands for itself alone, by <see cref="Identity"/>.</summary>
    /// <param name="passageTerm">The passage term, UTF-8.</param>
    /// <returns>Numbers in <see cref="QueryTerms"/>, each once.</returns>
    internal List<(int QueryTerm, double Probability)> MeaningsOf(ReadOnlySpan<byte> passageTerm)
    {
        var table = _ofPassageTerm ?? throw NotOfPassageTerms();
        var meanings = new List<(int, double)>();
        var (itself, self, row) = (table.Targets.IndexOf(passageTerm), Identity, table.Sources.IndexOf(passageTerm));
        if (row >= 0)
        {
            var targets = table.TargetsAt(row);
            var probabilities = table.ProbabilitiesAt(row);
            for (var place = 0; place < targets.Length; place++)
            {
                if (targets[place] == itself) self = Math.Max(self, probabilities[place]);
                else meanings.Add((targets[place], probabilities[place]));
            }
        }
        if (itself >= 0 && self > 0) meanings.Add((itself, self));
        return meanings;
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
