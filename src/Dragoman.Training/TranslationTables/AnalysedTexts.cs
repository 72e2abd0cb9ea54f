using Dragoman.Collections.Formats.Parallel;
using Dragoman.Text.Analysis;

namespace Dragoman.Training.TranslationTables;

/// <summary>Parallel text whose every text was analysed once, however many pairs its language is part of.</summary>
internal sealed class AnalysedTexts
{
    private const int RowsPerBatch = 1024;

    // A pair whose longer side has more than this many times the terms of the other is no translation.
    private const int MostRatio = 9;
    private readonly Dictionary<string, AnalysedLanguage> _languages;

    private AnalysedTexts(Dictionary<string, AnalysedLanguage> languages) => _languages = languages;

    /// <summary>Memory of the texts, in bytes, without the vocabularies.</summary>
    internal long Bytes => _languages.Values.Sum(language => language.Bytes);

    /// <summary>Reads and analyses texts. What is read does not depend on the number of threads.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="languages">The languages to read; texts in others are passed over.</param>
    /// <param name="analyzer">Makes the terms; queries and passages must come from the same one.</param>
    /// <param name="maxTerms">The longest text that can be part of a pair, in terms.</param>
    /// <param name="parallel">Threads, and when to stop.</param>
    internal static AnalysedTexts Read(IEnumerable<ParallelRow> rows, IReadOnlyList<string> languages, IAnalyzer analyzer, int maxTerms, ParallelOptions parallel)
    {
        var texts = languages.ToDictionary(language => language, _ => new AnalysedLanguage(maxTerms), StringComparer.Ordinal);
        var first = 0;
        foreach (var batch in rows.Chunk(RowsPerBatch))
        {
            var analysed = new List<string>?[batch.Length, languages.Count];
            Parallel.For(0, batch.Length, parallel, row =>
            {
                for (var language = 0; language < languages.Count; language++)
                {
                    if (!batch[row].Texts.TryGetValue(languages[language], out var text)) continue;
                    analyzer.Analyze(text, languages[language], analysed[row, language] = []);
                }
            });
            for (var row = 0; row < batch.Length; row++)
                for (var language = 0; language < languages.Count; language++)
                    if (analysed[row, language] is { } terms) texts[languages[language]].Add(first + row, terms);
            first += batch.Length;
        }
        return new AnalysedTexts(texts);
    }

    /// <summary>How often each term of a language occurs over all rows.</summary>
    /// <param name="language">One of the languages read.</param>
    internal Dictionary<string, long> Counts(string language) => _languages[language].Counts();

    /// <summary>The rows with a text in both languages; passed over where a side has no term or more than the limit, or where one side has over nine times the terms of the other.</summary>
    /// <param name="from">The source language.</param>
    /// <param name="to">The target language.</param>
    internal (Bitext Bitext, int PassedOver) Between(string from, string to)
    {
        var (source, target) = (_languages[from], _languages[to]);
        var (bitext, passedOver) = (new Bitext(), 0);
        var (sourceNumbers, targetNumbers) = (new Renumbering(source.Terms, bitext.SourceTerms), new Renumbering(target.Terms, bitext.TargetTerms));
        for (int i = 0, j = 0; i < source.Rows.Length && j < target.Rows.Length;)
        {
            if (source.Rows[i] != target.Rows[j])
            {
                if (source.Rows[i] < target.Rows[j]) i++;
                else j++;
                continue;
            }
            var given = source.TermsOf(i++);
            var generated = target.TermsOf(j++);
            var (shorter, longer) = (Math.Min(given.Length, generated.Length), Math.Max(given.Length, generated.Length));
            if (shorter == 0 || longer > MostRatio * shorter) passedOver++;
            else bitext.Add(sourceNumbers.Of(given), targetNumbers.Of(generated));
        }
        return (bitext, passedOver);
    }

    /// <summary>Numbers the terms of a pair of languages anew, in order of their first appearance in it.</summary>
    private sealed class Renumbering(TermVocabulary all, TermVocabulary ofPair)
    {
        private readonly int?[] _numbers = new int?[all.Count];

        internal int[] Of(ReadOnlySpan<int> terms)
        {
            var renumbered = new int[terms.Length];
            for (var i = 0; i < terms.Length; i++) renumbered[i] = _numbers[terms[i]] ??= ofPair.Add(all[terms[i]]);
            return renumbered;
        }
    }
}
