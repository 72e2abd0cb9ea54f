using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>A spelling taken apart: <c>nDCG(judged_only=True)@10</c> into name, parameters and what follows the <c>@</c>. Notes what is asked for and what is wrong.</summary>
internal sealed class MeasureSpelling
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    private MeasureSpelling(string name, string? at) => (Name, At) = (name, at);

    internal string Name { get; }

    internal string? At { get; }

    /// <summary>What is wrong with the parameters, first found; null when all is well.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Splits a list at white space and commas, but not within brackets.</summary>
    internal static IReadOnlyList<string> Split(string list)
    {
        var (parts, part, open) = (new List<string>(), new System.Text.StringBuilder(), 0);
        foreach (var letter in list)
        {
            if (letter is '(' or '{') open++;
            if (letter is ')' or '}') open--;
            var space = char.IsWhiteSpace(letter);
            if (!space && (letter != ',' || open > 0)) part.Append(letter);
            if ((!space && letter != ',') || open > 0) continue;
            if (part.Length > 0) parts.Add(part.ToString());
            part.Clear();
        }
        if (part.Length > 0) parts.Add(part.ToString());
        return parts;
    }

    /// <summary>Takes a spelling apart.</summary>
    /// <returns>Null when it is not of the form <c>name(parameter=value,…)@k</c>.</returns>
    internal static MeasureSpelling? Of(string spelling)
    {
        var open = spelling.IndexOf('(', StringComparison.Ordinal);
        var at = spelling.IndexOf('@', Math.Max(open, 0));
        var end = open < 0 ? (at < 0 ? spelling.Length : at) : open;
        var close = open < 0 ? -1 : spelling.LastIndexOf(')');
        if (open >= 0 && (close < open || (close + 1 < spelling.Length && spelling[close + 1] != '@'))) return null;
        if (open >= 0) at = close + 1 < spelling.Length ? close + 1 : -1;
        var parsed = new MeasureSpelling(spelling[..end], at < 0 ? null : spelling[(at + 1)..]);
        return open < 0 || parsed.TakeParameters(spelling[(open + 1)..close]) ? parsed : null;
    }

    internal int? Cutoff(bool required = false)
    {
        if (At is null)
        {
            if (required) Wrong($"{Name} needs a cutoff, as in {Name}@10");
            return null;
        }
        if (At.Length == 0) Wrong("nothing follows the @");
        if (int.TryParse(At, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k >= 1) return k;
        Wrong($"the cutoff {At} is not a whole number from 1");
        return null;
    }

    internal void NoCutoff()
    {
        if (At is not null) Wrong($"{Name} takes no cutoff");
    }

    internal int? Grade(string name, int least = 1) => Whole(name, least, 60);

    internal double Number(string name, double standard, double below)
    {
        if (Take(name) is not { } text) return standard;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && value < below) return value;
        Wrong($"{name}={text} is not a number above 0{(double.IsFinite(below) ? string.Create(CultureInfo.InvariantCulture, $" and below {below}") : "")}");
        return standard;
    }

    internal bool Flag(string name, bool standard = false)
    {
        switch (Take(name))
        {
            case null: return standard;
            case "True" or "true": return true;
            case "False" or "false": return false;
            case var text:
                Wrong($"{name}={text} is neither True nor False");
                return standard;
        }
    }

    internal string Choice(string name, params ReadOnlySpan<string> choices)
    {
        if (Take(name) is not { } text) return choices[0];
        var bare = text.Trim('\'', '"');
        if (choices.Contains(bare)) return bare;
        Wrong($"{name}={text} is none of '{string.Join("', '", choices.ToArray())}'");
        return choices[0];
    }

    /// <summary>A table <c>{grade:value,…}</c>; null when it is not given.</summary>
    internal GradeTable? Table(string name)
    {
        if (Take(name) is not { } text) return null;
        var values = new Dictionary<int, double>();
        var pairs = text is ['{', .., '}'] ? text[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (var pair in pairs.Select(pair => pair.Split(':')))
        {
            if (pair.Length != 2 || !int.TryParse(pair[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade)
                || !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || !values.TryAdd(grade, value))
            {
                values.Clear();
                break;
            }
        }
        if (values.Count == 0) Wrong($"{name}={text} is not a table of grades, as in {name}={{0:0.5,1:0.5}}");
        return values.Count == 0 ? null : new GradeTable(values);
    }

    internal int? Whole(string name, int least, int most)
    {
        if (Take(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Wrong($"{name}={text} is not a whole number from {least} to {most}");
        return null;
    }

    /// <summary>Notes what is wrong; the first counts.</summary>
    internal void Wrong(string problem) => Problem ??= problem;

    /// <summary>Complains about parameters that nobody asked for.</summary>
    internal void RequireAllTaken()
    {
        foreach (var name in _given.Keys.Where(name => !_asked.Contains(name)))
            Wrong($"{Name} has no parameter {name}; it takes {(_asked.Count == 0 ? "none" : string.Join(", ", _asked))}");
    }

    private string? Take(string name)
    {
        _asked.Add(name);
        return _given.GetValueOrDefault(name);
    }

    private bool TakeParameters(string list)
    {
        foreach (var part in Split(list))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !_given.TryAdd(part[..equals], part[(equals + 1)..])) return false;
        }
        return true;
    }
}
