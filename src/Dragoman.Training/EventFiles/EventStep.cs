namespace Dragoman.Training.EventFiles;

/// <summary>Reads the step out of an <c>Event</c>; the rest is passed over.</summary>
internal static class EventStep
{
    private const int StepField = 2;

    /// <summary>The step; 0 when the event has none.</summary>
    /// <param name="message">The event.</param>
    internal static long Of(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            var tag = Number(ref message);
            switch (tag & 7)
            {
                case 0:
                    var value = Number(ref message);
                    if (tag >> 3 == StepField) return (long)value;
                    break;
                case 1: message = message[Math.Min(8, message.Length)..]; break;
                case 2:
                    var length = (int)Math.Min(Number(ref message), (ulong)message.Length);
                    message = message[length..];
                    break;
                case 5: message = message[Math.Min(4, message.Length)..]; break;
                default: return 0;
            }
        }
        return 0;
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        while (bytes.Length > 0)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) break;
            shift += 7;
        }
        return value;
    }
}
