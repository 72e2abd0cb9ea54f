using Dragoman.Collections;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Cli.Demo;

/// <summary>Measures of one retrieval method for every query language and passage language.</summary>
/// <param name="Method">The method.</param>
/// <param name="Languages">The languages, in the order of rows and columns.</param>
/// <param name="Measures">The measures.</param>
/// <param name="Values">Measure, query language, passage language: a mean over the queries.</param>
internal sealed record LanguagePairScores(string Method, IReadOnlyList<string> Languages, IReadOnlyList<Measure> Measures, double[,,] Values)
{
    /// <summary>Mean of a measure over the pairs of two different languages.</summary>
    /// <param name="measure">Position in <see cref="Measures"/>.</param>
    internal double CrossLanguage(int measure) => Mean(measure, (query, passage) => query != passage);

    /// <summary>Mean of a measure over the pairs of equal languages.</summary>
    /// <param name="measure">Position in <see cref="Measures"/>.</param>
    internal double SameLanguage(int measure) => Mean(measure, (query, passage) => query == passage);

    /// <summary>Evaluates the runs of a method, one for each passage language.</summary>
    /// <param name="method">The method.</param>
    /// <param name="languages">The languages.</param>
    /// <param name="runs">A run over the passages of each language, for all queries.</param>
    /// <param name="qrels">The judgements of all passages.</param>
    /// <param name="languageOfQuery">Query id to language.</param>
    /// <param name="languageOfPassage">Passage id to language.</param>
    /// <param name="measures">The measures.</param>
    internal static LanguagePairScores Of(
        string method, IReadOnlyList<string> languages, IReadOnlyDictionary<string, Run> runs, Qrels qrels,
        IReadOnlyDictionary<string, string> languageOfQuery, IReadOnlyDictionary<string, string> languageOfPassage, IReadOnlyList<Measure> measures)
    {
        var values = new double[measures.Count, languages.Count, languages.Count];
        for (var query = 0; query < languages.Count; query++)
        {
            for (var passage = 0; passage < languages.Count; passage++)
            {
                var (from, to) = (languages[query], languages[passage]);
                var judged = qrels.Restrict(id => languageOfQuery[id] == from, id => languageOfPassage[id] == to);
                var result = Evaluator.Evaluate(judged, runs[to].Restrict(id => languageOfQuery[id] == from, _ => true), measures, new EvaluationOptions { Complete = true });
                for (var measure = 0; measure < measures.Count; measure++) values[measure, query, passage] = result.Overall[measure];
            }
        }
        return new LanguagePairScores(method, languages, measures, values);
    }

    private double Mean(int measure, Func<int, int, bool> counts)
    {
        var chosen = from query in Enumerable.Range(0, Languages.Count) from passage in Enumerable.Range(0, Languages.Count) where counts(query, passage) select Values[measure, query, passage];
        return chosen.DefaultIfEmpty(double.NaN).Average();
    }
}
