using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>Makes any text safe inside HTML and XML, in elements and in quoted attributes.</summary>
internal static class MarkupText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Escapes markup; what XML 1.0 cannot hold (control characters, halves of surrogate pairs, non-characters) becomes U+FFFD.</summary>
    internal static string Escape(string text)
    {
        StringBuilder? output = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                output?.Append(text, i++, 2);
                continue;
            }
            if (Entity(text[i]) is { } entity) (output ??= new StringBuilder(text, 0, i, text.Length + 16)).Append(entity);
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
        '\t' or '\n' => null,
        '\r' => "\n",
        _ => char.IsControl(letter) || char.IsSurrogate(letter) || letter >= '\uFFFE' ? Replacement.ToString() : null,
    };
}
