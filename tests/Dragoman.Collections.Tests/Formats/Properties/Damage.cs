using System.Text;

namespace Dragoman.Collections.Tests.Formats.Properties;

/// <summary>Makes damaged files: arbitrary bytes, and valid files with bytes flipped, cut out, doubled or replaced.</summary>
internal static class Damage
{
    // What parsers look for, so that random files get past their first test.
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ":", ",", "\t", " ", "\n", "\r\n", "<top>", "</top>", "<num>", "<title>", "<topic number=\"1\">", "<!--", "-->", "<", ">", "&amp;", "\"_id\"", "\"text\"", "\"src_id\"",
            "\"topic_id\"", "\"topics\"", "\\ud800", "\\u0000", "1e999", "-1", "0.5", "null", "true", "99999999999999999999", "Q0", "#", "\uFEFF", "一", "😀", "query-id", "\u0085", "\u00e2\u0080",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0x00], [0x1f, 0x8b],
    ];

    /// <summary>A file of nothing but chance.</summary>
    internal static byte[] Arbitrary(Random random)
    {
        using var bytes = new MemoryStream();
        var raw = random.Next(4) == 0;
        for (var left = random.Next(120); left > 0; left--)
        {
            if (raw) bytes.WriteByte((byte)random.Next(256));
            else bytes.Write(Tokens[random.Next(Tokens.Length)]);
        }
        return bytes.ToArray();
    }

    /// <summary>A valid file after one to three changes.</summary>
    internal static byte[] Mutated(Random random, byte[] valid)
    {
        var bytes = valid;
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Length > 0; changes--) bytes = Change(random, bytes);
        return bytes;
    }

    private static byte[] Change(Random random, byte[] bytes)
    {
        var (from, to) = (random.Next(bytes.Length), random.Next(bytes.Length + 1));
        if (from > to) (from, to) = (to, from);
        switch (random.Next(6))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..from];
            case 2:
                return [.. bytes[..from], .. bytes[to..]];
            case 3:
                return [.. bytes[..to], .. bytes[from..]];
            case 4:
                return [.. bytes[..from], .. Tokens[random.Next(Tokens.Length)], .. bytes[from..]];
            default:
                return [.. bytes[..from], .. Tokens[random.Next(Tokens.Length)], .. bytes[to..]];
        }
    }
}
