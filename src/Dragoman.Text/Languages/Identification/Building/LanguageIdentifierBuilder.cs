namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>Makes a language identifier from texts. The same texts in the same order give the same bytes. Not thread-safe.</summary>
/// <param name="options">How to make it.</param>
public sealed class LanguageIdentifierBuilder(LanguageIdentifierOptions options)
{
    private readonly SortedDictionary<string, List<string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Adds a text to learn from.</summary>
    /// <param name="language">Its language tag.</param>
    /// <param name="text">The text.</param>
    public void Add(string language, string text)
    {
        if (!_texts.TryGetValue(language, out var texts)) _texts[language] = texts = [];
        texts.Add(text);
    }

    /// <summary>Makes the model: n-grams of every script that two or more languages share, then the calibration.</summary>
    /// <param name="tuning">Texts kept from <see cref="Add"/>, with their languages, to calibrate the probabilities with; none leaves them as they are.</param>
    /// <param name="threads">Languages worked on at once.</param>
    /// <returns>The bytes of <c>model.bin</c>.</returns>
    public byte[] Build(IReadOnlyList<(string Language, string Text)> tuning, int threads = 1)
    {
        var scripts = _texts.GroupBy(entry => MainScript(entry.Value), entry => entry.Key)
            .Where(group => LetterScripts.OnlyLanguage(group.Key) is null && group.Key >= LetterScript.Latin && group.Key < LetterScript.Other)
            .OrderBy(group => group.Key)
            .Select(group => BuildScript(group.Key, [.. group], threads))
            .ToList();
        var calibration = Calibration.None with { Unknown = (float)options.UnknownPrior };
        if (tuning.Count > 0) calibration = CalibrationSearch.Best(scripts, calibration, tuning);
        return LanguageModelFile.Write(scripts, calibration);
    }

    /// <summary>Makes the model and opens it.</summary>
    /// <param name="tuning">See <see cref="Build"/>.</param>
    public LanguageIdentifier BuildIdentifier(IReadOnlyList<(string Language, string Text)> tuning) =>
        new(LanguageModelFile.Read(new MemoryStream(Build(tuning)), LanguageModelFile.FileName));

    private static LetterScript MainScript(List<string> texts)
    {
        Span<int> counts = stackalloc int[LetterScripts.Count];
        counts.Clear();
        foreach (var text in texts.Take(1000)) LetterReader.Count(text, counts);
        counts[(int)LetterScript.None] = counts[(int)LetterScript.Mark] = 0;
        var best = 0;
        for (var script = 0; script < counts.Length; script++) if (counts[script] > counts[best]) best = script;
        return (LetterScript)best;
    }

    private ScriptModelData BuildScript(LetterScript script, string[] languages, int threads)
    {
        var order = script == LetterScript.EastAsian ? options.EastAsianOrder : options.Order;
        var streams = languages.Select(language => Stream(language, script)).ToArray();
        var keys = new NgramKeys(Alphabet(streams));
        var pooled = Pooled(streams, keys);
        var models = new LanguageNgrams[languages.Length];
        Parallel.For(0, languages.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, language =>
            models[language] = LanguageNgrams.Estimate(NgramCounts.Count(streams[language], keys, order), keys, order, pooled, options.Ngrams));
        var (sorted, entries, values) = Join(models);
        return new ScriptModelData
        {
            Script = script, Languages = languages, Order = order, Alphabet = keys.Alphabet,
            Priors = [.. languages.Select(language => language.Contains('-', StringComparison.Ordinal) && language != "zh-Hant" ? (float)options.RareScriptPrior : 1f)],
            LogFloor = (float)Math.Log(options.Noise / keys.Symbols),
            Unigrams = [.. Enumerable.Range(0, keys.Symbols).SelectMany(symbol => models.Select(model => ScriptModel.Quantise(symbol == 0 ? 0 : Math.Log(model.Unigrams[symbol]))))],
            Keys = sorted, Entries = entries, Values = values,
        };
    }

    private LetterStream Stream(string language, LetterScript script)
    {
        var stream = new LetterStream();
        foreach (var text in _texts[language]) stream.Add(text, script);
        return stream;
    }

    // Letters seen at least three times in some language; the others are one symbol, "unknown".
    private static char[] Alphabet(LetterStream[] streams)
    {
        var letters = new HashSet<char>();
        foreach (var stream in streams)
            letters.UnionWith(stream.Symbols.Where(symbol => symbol is not (LetterReader.Boundary or LetterStream.TextEnd)).CountBy(symbol => symbol).Where(count => count.Value >= 3).Select(count => count.Key));
        return [.. letters.Order()];
    }

    private static double[] Pooled(LetterStream[] streams, NgramKeys keys)
    {
        var pooled = new double[keys.Symbols];
        foreach (var stream in streams)
            foreach (var symbol in stream.Symbols)
                if (symbol != LetterStream.TextEnd) pooled[keys.CodeOf(symbol)] += 0.5 / stream.Count / streams.Length;
        for (var symbol = 1; symbol < pooled.Length; symbol++) pooled[symbol] += 0.5 / (pooled.Length - 1);
        return pooled;
    }

    private static (ulong[] Keys, NgramEntry[] Entries, byte[] Values) Join(LanguageNgrams[] models)
    {
        var joined = new SortedDictionary<ulong, (SortedDictionary<int, byte> Probabilities, SortedDictionary<int, byte> Weights)>();
        for (var language = 0; language < models.Length; language++)
        {
            foreach (var (key, probability) in models[language].Kept) At(key).Probabilities[language] = ScriptModel.Quantise(Math.Log(probability));
            foreach (var (key, weight) in models[language].Weights) At(key).Weights[language] = ScriptModel.Quantise(weight);
        }
        var (entries, values) = (new List<NgramEntry>(joined.Count), new List<byte>());
        foreach (var (probabilities, weights) in joined.Values)
        {
            entries.Add(new NgramEntry(Bits(probabilities.Keys), Bits(weights.Keys), values.Count));
            values.AddRange(probabilities.Values);
            values.AddRange(weights.Values);
        }
        return ([.. joined.Keys], [.. entries], [.. values]);

        (SortedDictionary<int, byte> Probabilities, SortedDictionary<int, byte> Weights) At(ulong key)
        {
            if (!joined.TryGetValue(key, out var entry)) joined[key] = entry = ([], []);
            return entry;
        }

        static uint Bits(IEnumerable<int> languages) => languages.Aggregate(0u, (bits, language) => bits | 1u << language);
    }
}
