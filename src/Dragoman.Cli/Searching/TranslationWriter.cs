using System.Globalization;
using Dragoman.Retrieval.Translators;

namespace Dragoman.Cli.Searching;

/// <summary>Prints a translation piece by piece.</summary>
internal static class TranslationWriter
{
    /// <summary>A line for each piece: what was looked up, an arrow, its translations with their weights.</summary>
    internal static void WriteText(TextWriter output, TranslatedText translation)
    {
        foreach (var piece in translation.Pieces)
            output.WriteLine(piece.IsKnown ? $"{piece.Source} → {string.Join(", ", piece.Alternatives.Select(Alternative))}" : $"{piece.Source} stands for itself");

        string Alternative(WeightedAlternative alternative) =>
            translation.Pieces.Any(piece => piece.Alternatives.Count > 1) ? string.Create(CultureInfo.InvariantCulture, $"{alternative.Text} {alternative.Weight:0.###}") : alternative.Text;
    }
}
