using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Formats.Mkqa;
using Dragoman.Collections.Formats.Neuclir;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>Topics with all their texts: TREC's (SGML or XML), HC4's and NeuCLIR's JSON lines, MKQA's questions. <see cref="QueriesFile"/> makes queries of them.</summary>
public static class TopicsFile
{
    /// <summary>Reads topics as a stream; memory holds one topic and the ids seen.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a topic is malformed, an id occurs twice, or there is no topic.</exception>
    public static IEnumerable<Topic> Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        var ids = new DistinctIds("topic");
        foreach (var topic in Read(reader))
        {
            ids.Add(reader, topic.Id);
            yield return topic;
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"there are no topics; expected <top> or <topic> elements, or lines like {NeuclirTopics.Example}.");
    }

    /// <summary>Writes topics; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="format"><see cref="CollectionFormat.Neuclir"/> for all texts as JSON lines, <see cref="CollectionFormat.Trec"/> for the first text of each as SGML.</param>
    /// <param name="topics">The topics, written in this order.</param>
    /// <exception cref="ConfigurationException">The format has no topics.</exception>
    public static void Write(string path, string format, IEnumerable<Topic> topics)
    {
        Func<Topic, string> text = format switch
        {
            CollectionFormat.Neuclir => NeuclirTopics.Line,
            CollectionFormat.Trec => MarkupTopicText.Of,
            _ => throw CollectionFormat.Lacks(format, "topics"),
        };
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var topic in topics) writer.WriteLine(text(topic));
        });
    }

    /// <summary>Reads topics from where the reader stands; ids may repeat, and there may be none.</summary>
    internal static IEnumerable<Topic> Read(Utf8LineReader reader)
    {
        if (!reader.TryPeek(out var first)) return [];
        if (first.Trim(" \t"u8)[0] != '{') return MarkupTopics.Read(reader);
        var mkqa = JsonFields.Parse(reader, first, NeuclirTopics.Example, fields => fields.Has("queries") && !fields.Has("topics"));
        return LineRecords.Read(reader, line => mkqa ? MkqaTopics.Parse(reader, line) : NeuclirTopics.Parse(reader, line));
    }
}
