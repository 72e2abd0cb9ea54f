namespace Dragoman.Training.EventFiles;

/// <summary>Counts of values in equal stretches of a range.</summary>
/// <param name="Low">Where the first stretch begins.</param>
/// <param name="High">Where the last ends.</param>
/// <param name="Counts">Values in each stretch.</param>
internal sealed record Histogram(double Low, double High, IReadOnlyList<double> Counts);

/// <summary>The messages <c>Event</c>, <c>Summary</c> and <c>HistogramProto</c> of TensorBoard, by the field numbers of its <c>event.proto</c>, <c>summary.proto</c> and <c>histogram.proto</c>.</summary>
internal static class EventMessages
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7;
    private const int SessionStart = 1, StringType = 7;

    /// <summary>The first record of a file.</summary>
    internal static byte[] Version(double seconds) => new ProtobufMessage().Double(WallTime, seconds).Text(FileVersion, "brain.Event:2").ToBytes();

    /// <summary>Tells a reader to forget what it has read of this step and later ones: a run goes on from before them.</summary>
    internal static byte[] Restart(double seconds, long step) =>
        new ProtobufMessage().Double(WallTime, seconds).Whole(Step, step).Message(SessionLog, new ProtobufMessage().Whole(1, SessionStart)).ToBytes();

    /// <summary>Numbers of a step, by tag.</summary>
    internal static byte[] Scalars(double seconds, long step, IEnumerable<(string Tag, double Value)> values)
    {
        var summary = new ProtobufMessage();
        foreach (var (tag, value) in values) summary.Message(1, new ProtobufMessage().Text(1, tag).Single(2, (float)value));
        return Event(seconds, step, summary);
    }

    /// <summary>A histogram of a step.</summary>
    internal static byte[] OfHistogram(double seconds, long step, string tag, Histogram histogram)
    {
        var width = (histogram.High - histogram.Low) / histogram.Counts.Count;
        double Middle(int stretch) => histogram.Low + (stretch + 0.5) * width;
        var counts = histogram.Counts;
        var (first, last) = (0, counts.Count - 1);
        while (first < last && counts[first] == 0) first++;
        while (last > first && counts[last] == 0) last--;
        var content = new ProtobufMessage().Double(1, histogram.Low + first * width).Double(2, histogram.Low + (last + 1) * width).Double(3, counts.Sum())
            .Double(4, counts.Select((count, at) => count * Middle(at)).Sum()).Double(5, counts.Select((count, at) => count * Middle(at) * Middle(at)).Sum())
            .Doubles(6, [.. counts.Select((_, at) => histogram.Low + (at + 1) * width)]).Doubles(7, counts);
        return Event(seconds, step, new ProtobufMessage().Message(1, new ProtobufMessage().Text(1, tag).Message(5, content)));
    }

    /// <summary>A text of a step, for TensorBoard's page of texts.</summary>
    internal static byte[] Text(double seconds, long step, string tag, string text)
    {
        var tensor = new ProtobufMessage().Whole(1, StringType).Message(2, new ProtobufMessage()).Text(8, text);
        var metadata = new ProtobufMessage().Message(1, new ProtobufMessage().Text(1, "text"));
        return Event(seconds, step, new ProtobufMessage().Message(1, new ProtobufMessage().Text(1, tag).Message(8, tensor).Message(9, metadata)));
    }

    private static byte[] Event(double seconds, long step, ProtobufMessage summary) =>
        new ProtobufMessage().Double(WallTime, seconds).Whole(Step, step).Message(Summary, summary).ToBytes();
}
