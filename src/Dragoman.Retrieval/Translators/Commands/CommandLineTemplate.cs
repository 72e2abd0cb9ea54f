using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Translators.Commands;

/// <summary>
/// A command line with places for languages: <c>apertium -u {from3}-{to3}</c>. It is cut into words as a shell does (white space, single and double quotes, backslash), and nothing else of a shell takes
/// place: no variables, no pipes, no second program; a bare <c>|</c> or <c>&gt;</c> is refused. <c>{from}</c> and <c>{to}</c> become BCP 47 tags (<c>en</c>), <c>{from3}</c> and <c>{to3}</c> ISO 639-3 codes (<c>eng</c>).
/// </summary>
public sealed class CommandLineTemplate
{
    private static readonly string[] OfShells = ["|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1"];
    private readonly IReadOnlyList<string> _words;

    private CommandLineTemplate(string line, IReadOnlyList<string> words) => (Line, _words) = (line, words);

    /// <summary>The line as it was written.</summary>
    public string Line { get; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="ConfigurationException">It names no program, or a quote is not closed.</exception>
    public static CommandLineTemplate Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = new List<string>();
        StringBuilder? word = null;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (char.IsWhiteSpace(letter))
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
                continue;
            }
            if (word is null && line[at..].Split((char[]?)null, 2)[0] is var whole && OfShells.Contains(whole)) throw Unusable(line, $"holds '{whole}', which only a shell understands; put what needs a shell into a script");
            word ??= new StringBuilder();
            if (letter is '\'' or '"') at = Quoted(line, at, word);
            else if (letter == '\\' && at + 1 < line.Length) word.Append(line[++at]);
            else word.Append(letter);
        }
        if (word is not null) words.Add(word.ToString());
        return words.Count > 0 && words[0].Length > 0 ? new CommandLineTemplate(line, words) : throw Unusable(line, "names no program");
    }

    /// <summary>The program and its arguments for a pair of languages.</summary>
    /// <param name="from">A BCP 47 tag.</param>
    /// <param name="to">A BCP 47 tag.</param>
    internal (string Program, IReadOnlyList<string> Arguments) For(string from, string to)
    {
        var filled = _words.Select(word => word.Replace("{from}", from, StringComparison.Ordinal).Replace("{to}", to, StringComparison.Ordinal)
            .Replace("{from3}", LanguageCodes.ThreeLettersOf(from), StringComparison.Ordinal).Replace("{to3}", LanguageCodes.ThreeLettersOf(to), StringComparison.Ordinal)).ToArray();
        return (filled[0], filled[1..]);
    }

    /// <summary>The words before languages are put in.</summary>
    internal IReadOnlyList<string> Words => _words;

    // Between single quotes everything stands for itself; between double quotes a backslash takes the meaning from a quote or a backslash.
    private static int Quoted(string line, int start, StringBuilder word)
    {
        var quote = line[start];
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == quote) return at;
            if (quote == '"' && line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\') at++;
            word.Append(line[at]);
        }
        throw Unusable(line, $"has a {quote} that is not closed");
    }

    private static ConfigurationException Unusable(string line, string problem) => new("Translation", [$"the command line '{line}' {problem}. Write a program and its arguments, such as 'apertium -u {{from3}}-{{to3}}'."]);
}
