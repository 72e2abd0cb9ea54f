using System.Text;
using System.Text.RegularExpressions;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>
/// TREC topics in markup, read line by line and leniently: classic SGML (<c>&lt;top&gt;</c>, <c>&lt;num&gt; Number: 051</c>, tags without end tags, fields over several lines), CLEF's
/// (<c>&lt;EN-title&gt;</c>), and the web track's XML (<c>&lt;topic number="151"&gt;</c>, <c>&lt;query&gt;</c>). Zeros before a number that follows the label <c>Number:</c> are dropped, as TREC's judgements write it without.
/// </summary>
internal sealed partial class MarkupTopics
{
    private const int MostCharacters = 1 << 20, LongestTag = 4096;
    private readonly Utf8LineReader _reader;
    private readonly Queue<Topic> _finished = new();
    private readonly StringBuilder _id = new();
    private readonly Dictionary<TopicField, StringBuilder> _fields = new()
    {
        [TopicField.Title] = new(),
        [TopicField.Description] = new(),
        [TopicField.Narrative] = new(),
    };

    private StringBuilder? _current;                  // where text goes; null when it is not kept
    private string? _skipTo;                          // within a comment or declaration: what ends it
    private string _pending = "";                     // a tag that goes on in the next line
    private string _language = LanguageShape.Unknown;
    private bool _inTopic, _xml;

    private MarkupTopics(Utf8LineReader reader) => _reader = reader;

    /// <summary>Reads topics from where the reader stands.</summary>
    internal static IEnumerable<Topic> Read(Utf8LineReader reader)
    {
        var parser = new MarkupTopics(reader);
        while (parser.ReadLine())
            while (parser._finished.TryDequeue(out var topic)) yield return topic;
        if (parser._inTopic) throw reader.Failure($"the file ends within topic {parser._id.ToString().Trim()}; is it truncated?");
    }

    private bool ReadLine()
    {
        if (!_reader.TryRead(out var line)) return false;
        Feed(_pending + Encoding.UTF8.GetString(line));
        return true;
    }

    private void Feed(string line)
    {
        _pending = "";
        var at = 0;
        while (at < line.Length)
        {
            if (_skipTo is not null && !EndSkip(line, ref at)) return;
            var open = line.IndexOf('<', at);
            Append(line.AsSpan(at, (open < 0 ? line.Length : open) - at));
            if (open < 0) break;
            at = open;
            if (Unfinished(line, at))
            {
                _pending = line[at..] + "\n";
                return;
            }
            if (!Markup(line, ref at)) Append(line.AsSpan(at++, 1));
        }
        Append("\n");
    }

    private bool EndSkip(string line, ref int at)
    {
        var end = line.IndexOf(_skipTo!, at, StringComparison.Ordinal);
        if (end < 0) return false;
        at = end + _skipTo!.Length;
        _skipTo = null;
        return true;
    }

    private static bool Unfinished(string line, int at) =>
        line.Length - at < LongestTag && line.IndexOf('>', at) < 0 && TagStart().IsMatch(line, at);

    /// <summary>Takes what begins with an angle bracket; false when it is text after all.</summary>
    private bool Markup(string line, ref int at)
    {
        var rest = line.AsSpan(at);
        if (rest.StartsWith("<!--") || rest.StartsWith("<!") || rest.StartsWith("<?"))
        {
            _skipTo = rest.StartsWith("<!--") ? "-->" : rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) && line.IndexOf('[', at) > 0 ? "]>" : ">";
            at += 2;
            return true;
        }
        if (Tag().Match(line, at) is not { Success: true } tag) return false;
        var name = tag.Groups["name"].Value.ToLowerInvariant();
        var kept = tag.Groups["end"].Length > 0 ? End(name) : Begin(name, tag.Groups["attributes"].Value, AtLineStart(line, at));
        if (kept) at += tag.Length;
        return kept;
    }

    private static bool AtLineStart(string line, int at) => line.AsSpan(0, at).IsWhiteSpace();

    private bool Begin(string name, string attributes, bool atLineStart)
    {
        if (name is "top" or "topic")
        {
            if (_inTopic) Finish();
            (_inTopic, _xml, _current) = (true, name == "topic", null);
            if (NumberAttribute().Match(attributes) is { Success: true } number) _id.Append(number.Groups["value"].Value);
            if (LanguageAttribute().Match(attributes) is { Success: true } language) SetLanguage(language.Groups["value"].Value);
            return true;
        }
        if (!_inTopic) return true;
        if (WithoutLanguage(name) is var field && field != name && IsField(field)) SetLanguage(name[..2]);
        name = field;
        if (name is MarkupTopicText.IdTag or "identifier") _current = _id;
        else if (MarkupTopicText.FieldOf(name) is { } kept) _current = _fields[kept];
        else if (_xml || atLineStart) _current = null;
        else return false;
        return true;
    }

    private bool End(string name)
    {
        if (name is "top" or "topic")
        {
            if (_inTopic) Finish();
            return true;
        }
        // An unknown end tag within a field of SGML is text, as its beginning was.
        if (_current is not null && !_xml && !IsField(WithoutLanguage(name))) return false;
        _current = null;
        return true;
    }

    private static bool IsField(string name) => name is MarkupTopicText.IdTag or "identifier" || MarkupTopicText.FieldOf(name) is not null;

    private static string WithoutLanguage(string name) => name.Length > 3 && name[2] == '-' ? name[3..] : name;

    private void Finish()
    {
        const string Label = "Number:";
        var labelled = _id.ToString().TrimStart().StartsWith(Label, StringComparison.OrdinalIgnoreCase);
        var id = MarkupTopicText.Clean(_id, Label);
        if (labelled && id.Length > 1 && id.All(char.IsAsciiDigit)) id = id.TrimStart('0') is { Length: > 0 } number ? number : "0";
        Ids.Require(_reader, id);
        var text = new TopicText(_language, "",
            MarkupTopicText.Clean(_fields[TopicField.Title], "Topic:"),
            MarkupTopicText.Clean(_fields[TopicField.Description], "Description:"),
            MarkupTopicText.Clean(_fields[TopicField.Narrative], "Narrative:"));
        _finished.Enqueue(new Topic(id, [text]));
        (_inTopic, _current, _language) = (false, null, LanguageShape.Unknown);
        _id.Clear();
        foreach (var field in _fields.Values) field.Clear();
    }

    private void SetLanguage(string code) => _language = LanguageCodes.TagOf(code) ?? throw _reader.Failure(LanguageShape.Problem(code));

    private void Append(ReadOnlySpan<char> text)
    {
        if (!_inTopic || _current is null) return;
        _current.Append(text);
        if (_current.Length > MostCharacters) throw _reader.Failure($"a field of topic {_id.ToString().Trim()} is longer than {MostCharacters} characters; is </top> missing?");
    }

    [GeneratedRegex(@"\G<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9_-]{0,31})(?<attributes>[^<>]*)>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\G</?[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex TagStart();

    [GeneratedRegex(@"\bnumber\s*=\s*[""'](?<value>[^""']*)[""']", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberAttribute();

    [GeneratedRegex(@"\blang\s*=\s*[""'](?<value>[^""']*)[""']", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LanguageAttribute();
}
