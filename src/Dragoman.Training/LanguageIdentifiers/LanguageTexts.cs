namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>All texts of a run, by use. Held-out texts occur in neither of the others, not even from another file.</summary>
/// <param name="Training">Texts to learn from.</param>
/// <param name="Tuning">Texts, and parts of texts of all lengths, to calibrate with.</param>
/// <param name="HeldOut">Texts, and parts of texts of all lengths, to measure with.</param>
internal sealed record LanguageTexts(IReadOnlyList<LabelledText> Training, IReadOnlyList<LabelledText> Tuning, IReadOnlyList<LabelledText> HeldOut)
{
    private const int MostTuning = 300, MostHeldOut = 300;           // by language, source, and (held out) bucket
    private static readonly (int Fewest, int Most)[] Words = [(1, 2), (3, 5), (6, 15), (1000, 1000)];

    /// <summary>Reads the sources.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="seed">Seed of the places where texts are cut.</param>
    internal static LanguageTexts Read(IReadOnlyList<LanguageSource> sources, int seed)
    {
        var chinese = new ChineseScripts();
        foreach (var row in sources.Where(source => source.Format == LanguageSourceFormat.Cedict).SelectMany(source => source.Rows())) chinese.Add(row["zh"], row["zh-Hant"]);
        var heldOut = Texts(sources, RowUse.HeldOut, chinese, []);
        var heldOutKeys = heldOut.Select(text => StaticEncoders.TrainingText.Folded(text.Text)).ToHashSet(StringComparer.Ordinal);
        var tuning = Texts(sources, RowUse.Tuning, chinese, heldOutKeys);
        var training = Limit(sources, Texts(sources, RowUse.Training, chinese, heldOutKeys));
        return new LanguageTexts([.. training.SelectMany(Transliterated)], Cuts(tuning, seed, 1, MostTuning), Cuts(heldOut, seed + 1, Words.Length, MostHeldOut));
    }

    private static List<LabelledText> Texts(IReadOnlyList<LanguageSource> sources, RowUse use, ChineseScripts chinese, HashSet<string> without)
    {
        var texts = new List<LabelledText>();
        var seen = new HashSet<(string, string)>();
        foreach (var source in sources)
        {
            var position = -1;
            foreach (var row in source.Rows())
            {
                if (source.UseOf(++position) != use) continue;
                foreach (var (language, text) in row)
                {
                    var tag = language is "zh" or "zh-Hant" ? chinese.TagOf(text, language) : language;
                    var folded = StaticEncoders.TrainingText.Folded(text);
                    if (!without.Contains(folded) && seen.Add((tag, folded))) texts.Add(new LabelledText(tag, text, source.Name));
                }
            }
        }
        return texts;
    }

    // The same share of a language's texts all over the file, so that no part of it is left out.
    private static IEnumerable<LabelledText> Limit(IReadOnlyList<LanguageSource> sources, List<LabelledText> texts)
    {
        foreach (var group in texts.GroupBy(text => (text.Source, text.Language)))
        {
            var share = sources.First(source => source.Name == group.Key.Source).Characters / (double)group.Sum(text => text.Text.Length);
            var owed = 0.0;
            foreach (var text in group)
            {
                owed += share;
                if (owed < 1) continue;
                owed = Math.Min(owed - 1, 1);
                yield return text;
            }
        }
    }

    private static IEnumerable<LabelledText> Transliterated(LabelledText text) => text.Language == "kk"
        ? [text, text with { Language = "kk-Latn", Text = KazakhTransliteration.ToLatin(text.Text) }, text with { Language = "kk-Arab", Text = KazakhTransliteration.ToArabic(text.Text) }]
        : [text];

    // Every text in "parts" buckets, or in one drawn by chance; a part without two letters is no text.
    private static List<LabelledText> Cuts(List<LabelledText> texts, int seed, int parts, int most)
    {
        var random = new Random(seed);
        var cuts = new List<LabelledText>();
        foreach (var group in texts.GroupBy(text => (text.Source, text.Language)))
        {
            var taken = new int[Words.Length];
            foreach (var text in group)
            {
                var first = random.Next(Words.Length);
                for (var part = 0; part < parts; part++)
                {
                    var bucket = (first + part) % Words.Length;
                    var cut = TextLength.Cut(text.Text, random.Next(Words[bucket].Fewest, Words[bucket].Most + 1), random.NextDouble());
                    var actual = TextLength.BucketOf(cut);
                    if (cut.Count(char.IsLetter) < 2 || taken[actual] >= most || (actual != bucket && bucket < Words.Length - 1)) continue;
                    taken[actual]++;
                    cuts.AddRange(Transliterated(text with { Text = cut }));
                }
            }
        }
        return cuts;
    }
}
