using Dragoman.Collections;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>The passage terms of one language that a query term may stand for, with a probability each. Immutable and thread-safe.</summary>
internal sealed class TermTranslations
{
    private readonly Dictionary<string, List<(string PassageTerm, float Probability)>> _ofQueryTerm;
    private readonly double _identity;

    private TermTranslations(Dictionary<string, List<(string PassageTerm, float Probability)>> ofQueryTerm, double identity)
    {
        (_ofQueryTerm, _identity) = (ofQueryTerm, identity);
    }

    /// <summary>Finds rows that speak for passage terms without one; null when rows are not passage terms.</summary>
    internal NearestRows? Rows { get; private init; }

    /// <summary>Every term stands for itself alone: query and passages in one language.</summary>
    internal static TermTranslations Same { get; } = Alike(1);

    /// <summary>Terms stand for terms that are written alike: languages without a table.</summary>
    /// <param name="identity">The probability.</param>
    internal static TermTranslations Alike(double identity) => new(new(StringComparer.Ordinal), identity);

    /// <summary>From P(query term | passage term), a row a passage term: what PSQ-HMM needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="identity">The least probability of a term standing for itself.</param>
    internal static TermTranslations FromPassageTerms(TranslationTable table, double identity)
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
        return new TermTranslations(transposed, identity) { Rows = new NearestRows(table) };
    }

    /// <summary>From P(passage term | query term), a row a query term: what PSQ at query time needs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="identity">The least probability of a term standing for itself.</param>
    internal static TermTranslations FromQueryTerms(TranslationTable table, double identity)
    {
        var direct = new Dictionary<string, List<(string, float)>>(StringComparer.Ordinal);
        for (var source = 0; source < table.Sources.Count; source++)
            direct[table.Sources[source]] = [.. table.TranslationsOf(table.Sources[source]).Select(translation => (translation.Target, translation.Probability))];
        return new TermTranslations(direct, identity);
    }

    /// <summary>The passage terms of a query term, itself included where it stands for itself.</summary>
    /// <param name="queryTerm">The query term.</param>
    internal IEnumerable<TermMatch> Of(string queryTerm)
    {
        var (self, kind) = (_identity, PsqMatchKind.Identity);
        foreach (var (passageTerm, probability) in _ofQueryTerm.GetValueOrDefault(queryTerm) ?? [])
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
}
