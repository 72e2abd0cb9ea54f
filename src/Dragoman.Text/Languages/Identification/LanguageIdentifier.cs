using Dragoman.Collections.Errors;

namespace Dragoman.Text.Languages.Identification;

/// <summary>
/// Says which language a text is in: first a histogram of scripts, then, for scripts that several languages share, smoothed character n-grams. The answer is a
/// distribution over languages with <c>und</c> for "none of these". Immutable; thread-safe.
/// </summary>
/// <remarks>
/// A script with n-grams gives P(language | letters) by Bayes' rule with back-off n-grams (Katz, 1987) pruned by relative entropy (Stolcke, 1998), tempered to be calibrated;
/// a text in several scripts gives the mean of its scripts, weighted by letters. <c>und</c> is what a background model of the script explains better than every language.
/// Scripts that one language alone mostly uses (Greek, Thai, Hangul, Georgian) are that language. What was measured is in models/dragoman-langid/README.md.
/// </remarks>
public sealed class LanguageIdentifier
{
    private const string Resource = "Dragoman.Text.dragoman-langid.bin";

    /// <summary>Latin letters count this much beside another script: product names and units are Latin in every language.</summary>
    private const float LatinBesideOthers = 0.4f;

    private static readonly Lazy<LanguageIdentifier> ShippedOnce = new(LoadShipped);
    private readonly ScriptModel?[] _models = new ScriptModel?[LetterScripts.Count];
    private readonly string[] _languages;                            // und first
    private readonly int[][] _languageOfScript;                      // script to positions in _languages

    internal LanguageIdentifier(LanguageModelFile file)
    {
        File = file;
        foreach (var model in file.Scripts) _models[(int)model.Script] = new ScriptModel(model);
        var alone = Enum.GetValues<LetterScript>().Where(script => _models[(int)script] is null).Select(LetterScripts.OnlyLanguage).OfType<string>();
        _languages = [LanguageTag.Undetermined, .. file.Scripts.SelectMany(model => model.Languages).Concat(alone).Distinct().Order(StringComparer.Ordinal)];
        _languageOfScript = [.. Enum.GetValues<LetterScript>().Select(Positions)];
    }

    /// <summary>The identifier that ships with this library.</summary>
    public static LanguageIdentifier Shipped => ShippedOnce.Value;

    /// <summary>Fingerprint of the model.</summary>
    public string Version => File.Version;

    /// <summary>Every language that can be an answer; <c>und</c> first, then in ordinal order. <see cref="Score"/> uses these positions.</summary>
    public IReadOnlyList<string> Languages => _languages;

    internal LanguageModelFile File { get; }

    /// <summary>Reads a model that <c>dragoman train</c> made.</summary>
    /// <param name="path">The file <c>model.bin</c>, or the folder that holds it.</param>
    /// <exception cref="DragomanException">There is no such file, or it is not such a model.</exception>
    public static LanguageIdentifier Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, LanguageModelFile.FileName) : path;
        if (!System.IO.File.Exists(file)) throw new DragomanException($"{file} does not exist; name a folder or file that 'dragoman train' made with task language-identifier.");
        using var stream = System.IO.File.OpenRead(file);
        return new LanguageIdentifier(LanguageModelFile.Read(stream, file));
    }

    /// <summary>The most likely language.</summary>
    /// <param name="text">The text; its first 32,768 characters are read.</param>
    /// <param name="priors">What is known beforehand; nothing when null.</param>
    public LanguageProbability Identify(ReadOnlySpan<char> text, LanguagePriors? priors = null)
    {
        Span<double> probabilities = stackalloc double[_languages.Length];
        Score(text, probabilities, priors);
        var best = 0;
        for (var language = 1; language < probabilities.Length; language++)
            if (probabilities[language] > probabilities[best]) best = language;
        return new LanguageProbability(_languages[best], probabilities[best]);
    }

    /// <summary>The likely languages, the most likely first, equal ones by tag.</summary>
    /// <param name="text">The text; its first 32,768 characters are read.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="priors">What is known beforehand; nothing when null.</param>
    /// <returns>Languages with a probability above 0.0001; at least one.</returns>
    public IReadOnlyList<LanguageProbability> Rank(ReadOnlySpan<char> text, int count, LanguagePriors? priors = null)
    {
        var probabilities = new double[_languages.Length];
        Score(text, probabilities, priors);
        return
        [
            .. probabilities.Select((probability, language) => new LanguageProbability(_languages[language], probability))
                .Where(entry => entry.Probability > 1e-4)
                .OrderByDescending(entry => entry.Probability).ThenBy(entry => entry.Language, StringComparer.Ordinal)
                .Take(Math.Max(1, count)),
        ];
    }

    /// <summary>The whole distribution, without allocation for texts in composed form.</summary>
    /// <param name="text">The text; its first 32,768 characters are read.</param>
    /// <param name="probabilities">By position in <see cref="Languages"/>; sums to 1; as long as there are languages.</param>
    /// <param name="priors">What is known beforehand; nothing when null.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> has another length.</exception>
    public void Score(ReadOnlySpan<char> text, Span<double> probabilities, LanguagePriors? priors = null)
    {
        if (probabilities.Length != _languages.Length) throw new ArgumentException($"There are {_languages.Length} languages; got room for {probabilities.Length}.", nameof(probabilities));
        if (text.Length > LetterReader.MaxCharacters) text = text[..LetterReader.MaxCharacters];
        if (LetterReader.NeedsComposition(text)) text = LetterReader.Composed(text);
        Span<int> counts = stackalloc int[LetterScripts.Count];
        counts.Clear();
        LetterReader.Count(text, counts);
        probabilities.Clear();
        var total = Total(counts);
        if (total == 0)
        {
            probabilities[0] = 1;
            return;
        }
        for (var script = (int)LetterScript.Latin; script < LetterScripts.Count; script++)
            if (counts[script] > 0) AddScript(text, (LetterScript)script, Mass((LetterScript)script, counts) / total, probabilities, priors ?? LanguagePriors.None);
    }

    private static float Total(ReadOnlySpan<int> counts)
    {
        var total = 0f;
        for (var script = (int)LetterScript.Latin; script < counts.Length; script++) total += Mass((LetterScript)script, counts);
        return total;
    }

    private static float Mass(LetterScript script, ReadOnlySpan<int> counts) =>
        counts[(int)script] * LetterScripts.Weight(script) * (script == LetterScript.Latin ? LatinBesideOthers : 1);

    private void AddScript(ReadOnlySpan<char> text, LetterScript script, double share, Span<double> probabilities, LanguagePriors priors)
    {
        var languages = _languageOfScript[(int)script];
        if (_models[(int)script] is not { } model)
        {
            var only = languages.Length == 1 && priors.Weight(_languages[languages[0]]) > 0 ? languages[0] : 0;
            probabilities[only] += share;
            return;
        }
        Span<float> logs = stackalloc float[ScriptModel.MaxLanguages + 1], position = stackalloc float[ScriptModel.MaxLanguages];
        logs.Clear();
        var scorer = new ScriptModel.Scorer(model, logs, position[..languages.Length]);
        LetterReader.Read(text, script, ref scorer);
        var trust = File.Calibration.Trust(scorer.Symbols);
        Span<double> posterior = stackalloc double[languages.Length + 1];
        var best = double.NegativeInfinity;
        for (var i = 0; i <= languages.Length; i++)
        {
            var prior = i < languages.Length ? priors.Weight(_languages[languages[i]]) * model.Data.Priors[i] : priors.Weight(LanguageTag.Undetermined) * File.Calibration.Unknown;
            posterior[i] = prior > 0 ? Math.Log(prior) + trust * logs[i] : double.NegativeInfinity;
            best = Math.Max(best, posterior[i]);
        }
        var sum = 0.0;
        foreach (ref var value in posterior) sum += value = double.IsNegativeInfinity(best) ? 0 : Math.Exp(value - best);
        if (sum == 0)
        {
            probabilities[0] += share;
            return;
        }
        for (var i = 0; i < languages.Length; i++) probabilities[languages[i]] += share * posterior[i] / sum;
        probabilities[0] += share * posterior[languages.Length] / sum;
    }

    private int[] Positions(LetterScript script)
    {
        if (_models[(int)script] is { } model) return [.. model.Data.Languages.Select(language => Array.IndexOf(_languages, language))];
        return LetterScripts.OnlyLanguage(script) is { } only ? [Array.IndexOf(_languages, only)] : [];
    }

    private static LanguageIdentifier LoadShipped()
    {
        using var stream = typeof(LanguageIdentifier).Assembly.GetManifestResourceStream(Resource)
            ?? throw new DragomanException("This build of Dragoman.Text holds no language model; build it from a checkout that has models/dragoman-langid.");
        return new LanguageIdentifier(LanguageModelFile.Read(stream, "the shipped language model"));
    }
}
