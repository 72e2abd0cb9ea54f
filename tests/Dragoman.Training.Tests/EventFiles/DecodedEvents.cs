using System.Buffers.Binary;
using System.Text;

namespace Dragoman.Training.Tests.EventFiles;

/// <summary>Reads event files with code of its own, bit by bit: framing with a table-less CRC-32C, and messages by wire type.</summary>
internal static class DecodedEvents
{
    internal sealed record Event(long Step, string? Version, int? Session, IReadOnlyList<(string Tag, float? Scalar, string? Text, double[]? Counts, double[]? Limits)> Values);

    /// <summary>All events of a folder's files in the order TensorBoard reads them; what is torn or damaged is an error.</summary>
    internal static List<Event> Read(string folder) => [.. Directory.EnumerateFiles(folder, "*tfevents*").Order(StringComparer.Ordinal).SelectMany(path => Records(File.ReadAllBytes(path))).Select(Decode)];

    internal static List<(long Step, float Value)> Curve(string folder, string tag) =>
        [.. Read(folder).SelectMany(entry => entry.Values.Where(value => value.Tag == tag).Select(value => (entry.Step, value.Scalar!.Value)))];

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)).ShouldBe(Masked(file.AsSpan(at, 8)));
            var data = file.AsSpan(at + 12, length).ToArray();
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)).ShouldBe(Masked(data));
            yield return data;
            at += 16 + length;
        }
    }

    /// <summary>CRC-32C from its polynomial, reflected 0x82F63B78, masked as TensorFlow does.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return unchecked((crc >> 15 | crc << 17) + 0xa282ead8);
    }

    private static Event Decode(byte[] data)
    {
        var fields = Fields(data);
        var values = fields.Where(field => field.Number == 5).SelectMany(summary => Fields(summary.Bytes).Where(value => value.Number == 1)).Select(value =>
        {
            var inside = Fields(value.Bytes);
            var histogram = inside.Where(field => field.Number == 5).Select(field => Fields(field.Bytes)).FirstOrDefault();
            var tensor = inside.Where(field => field.Number == 8).Select(field => Fields(field.Bytes)).FirstOrDefault();
            return (Encoding.UTF8.GetString(inside.Single(field => field.Number == 1).Bytes),
                inside.Any(field => field.Number == 2) ? BinaryPrimitives.ReadSingleLittleEndian(inside.Single(field => field.Number == 2).Bytes) : (float?)null,
                tensor is null ? null : Encoding.UTF8.GetString(tensor.Single(field => field.Number == 8).Bytes),
                histogram is null ? null : Doubles(histogram.Single(field => field.Number == 7).Bytes), histogram is null ? null : Doubles(histogram.Single(field => field.Number == 6).Bytes));
        }).ToList();
        return new Event(
            (long)(fields.FirstOrDefault(field => field.Number == 2).Value), fields.Where(field => field.Number == 3).Select(field => Encoding.UTF8.GetString(field.Bytes)).FirstOrDefault(),
            fields.Where(field => field.Number == 7).Select(field => (int?)Fields(field.Bytes).Single().Value).FirstOrDefault(), values);
    }

    private static double[] Doubles(byte[] bytes) => [.. bytes.Chunk(8).Select(part => BinaryPrimitives.ReadDoubleLittleEndian(part))];

    private static List<(int Number, ulong Value, byte[] Bytes)> Fields(byte[] data)
    {
        var (fields, at) = (new List<(int, ulong, byte[])>(), 0);
        while (at < data.Length)
        {
            var tag = Varint(data, ref at);
            var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(data, ref at), _ => 0 };
            var value = (tag & 7) == 0 ? Varint(data, ref at) : 0;
            fields.Add(((int)(tag >> 3), value, data[at..(at + length)]));
            at += length;
        }
        return fields;
    }

    private static ulong Varint(byte[] data, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = data[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
