using System.Text.Json.Nodes;
using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>How often an identifier names the right language, by language and length.</summary>
/// <param name="Texts">How many texts, shape [languages, buckets].</param>
/// <param name="Right">How many of them were named right, same shape.</param>
/// <param name="Unknown">How many were answered <c>und</c>, same shape.</param>
/// <param name="Languages">Languages of the texts, in ordinal order.</param>
/// <param name="CalibrationError">Mean difference between stated probability and share of right answers, over ten classes of probability weighted by size.</param>
public sealed record IdentificationMeasures(IReadOnlyList<string> Languages, int[,] Texts, int[,] Right, int[,] Unknown, double CalibrationError)
{
    private const int Classes = 10;

    /// <summary>Measures an identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="texts">Texts with known languages.</param>
    public static IdentificationMeasures Of(LanguageIdentifier identifier, IReadOnlyCollection<LabelledText> texts)
    {
        string[] languages = [.. texts.Select(text => text.Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var (count, right, unknown) = (new int[languages.Length, TextLength.Buckets.Count], new int[languages.Length, TextLength.Buckets.Count], new int[languages.Length, TextLength.Buckets.Count]);
        var classes = new (int Texts, double Stated, int Right)[Classes];
        foreach (var text in texts)
        {
            var (language, bucket) = (Array.BinarySearch(languages, text.Language, StringComparer.Ordinal), TextLength.BucketOf(text.Text));
            var answer = identifier.Identify(text.Text);
            var isRight = answer.Language == text.Language;
            count[language, bucket]++;
            if (isRight) right[language, bucket]++;
            if (answer.Language == LanguageTag.Undetermined) unknown[language, bucket]++;
            ref var entry = ref classes[Math.Min(Classes - 1, (int)(answer.Probability * Classes))];
            entry = (entry.Texts + 1, entry.Stated + answer.Probability, entry.Right + (isRight ? 1 : 0));
        }
        return new IdentificationMeasures(languages, count, right, unknown, classes.Sum(entry => Math.Abs(entry.Stated - entry.Right)) / Math.Max(1, texts.Count));
    }

    /// <summary>Share of texts of a length that were named right, over all languages alike.</summary>
    /// <param name="bucket">Position in <see cref="TextLength.Buckets"/>.</param>
    /// <returns>The mean over languages that have such texts; NaN when none has.</returns>
    public double Accuracy(int bucket)
    {
        var shares = Enumerable.Range(0, Languages.Count).Where(language => Texts[language, bucket] > 0).Select(language => (double)Right[language, bucket] / Texts[language, bucket]).ToList();
        return shares.Count == 0 ? double.NaN : shares.Average();
    }

    /// <summary>The measures as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["accuracy"] = new JsonObject(TextLength.Buckets.Select((bucket, position) => KeyValuePair.Create(bucket, (JsonNode?)Rounded(Accuracy(position))))),
        ["calibration_error"] = Rounded(CalibrationError),
        ["languages"] = new JsonObject(Languages.Select((language, row) => KeyValuePair.Create(language, (JsonNode?)new JsonObject(
            TextLength.Buckets.Select((bucket, column) => KeyValuePair.Create(bucket, (JsonNode?)new JsonObject
            {
                ["texts"] = Texts[row, column], ["right"] = Right[row, column], ["und"] = Unknown[row, column],
            })))))),
    };

    private static JsonValue? Rounded(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : null;
}
