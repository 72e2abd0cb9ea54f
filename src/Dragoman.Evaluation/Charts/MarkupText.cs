using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>Makes any text safe inside HTML and XML, in elements and in quoted attributes.</summary>
internal static class MarkupText
{
    private const string Replacement = "\uFFFD";

    /// <summary>Escapes markup; what XML 1.0 cannot hold becomes U+FFFD as in <see cref="Printable"/>.</summary>
    internal static string Escape(string text) => Replace(text, letter => Entity(letter) ?? Unprintable(letter));

    /// <summary>Puts U+FFFD for control characters but tab and newline, halves of surrogate pairs, and non-characters.</summary>
    internal static string Printable(string text) => Replace(text, Unprintable);

    private static string Replace(string text, Func<char, string?> replacement)
    {
        StringBuilder? output = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                output?.Append(text, i, 2);
                i++;
                continue;
            }
            if (replacement(text[i]) is { } other) (output ??= new StringBuilder(text, 0, i, text.Length + 16)).Append(other);
            else output?.Append(text[i]);
        }
        return output?.ToString() ?? text;
    }

    private static string? Entity(char letter) => letter switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };

    private static string? Unprintable(char letter) => letter switch
    {
        '\t' or '\n' => null,
        '\r' => "\n",
        _ => char.IsControl(letter) || char.IsSurrogate(letter) || letter >= '\uFFFE' ? Replacement : null,
    };
}
