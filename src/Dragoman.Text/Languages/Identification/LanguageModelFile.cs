using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Languages.Identification;

/// <summary>
/// The identifier's file: eight bytes <c>DRLANG01</c>, then Brotli data: calibration (3 floats), number of scripts, and each script's tables. Numbers are little-endian or
/// 7-bit groups; keys are differences. The same models give the same bytes.
/// </summary>
internal sealed record LanguageModelFile(IReadOnlyList<ScriptModelData> Scripts, Calibration Calibration, string Version)
{
    /// <summary>The file's name in a model folder.</summary>
    internal const string FileName = "model.bin";

    private static ReadOnlySpan<byte> Magic => "DRLANG01"u8;

    /// <summary>The file's bytes.</summary>
    internal static byte[] Write(IReadOnlyList<ScriptModelData> scripts, Calibration calibration)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        using (var brotli = new BrotliStream(bytes, new BrotliCompressionOptions { Quality = 11 }, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8))
        {
            writer.Write(calibration.Slope);
            writer.Write(calibration.Length);
            writer.Write(calibration.Unknown);
            writer.Write7BitEncodedInt(scripts.Count);
            foreach (var script in scripts) WriteScript(writer, script);
        }
        return bytes.ToArray();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <exception cref="DataFormatException">It is not such a file, or damaged.</exception>
    internal static LanguageModelFile Read(Stream stream, string path)
    {
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        var bytes = whole.ToArray();
        if (!bytes.AsSpan().StartsWith(Magic)) throw new DataFormatException(path, 0, "this is not a language model of this version; make one with 'dragoman train' (task language-identifier).");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length), CompressionMode.Decompress);
            using var reader = new BinaryReader(brotli, Encoding.UTF8);
            var calibration = new Calibration(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
            var scripts = new ScriptModelData[Checked(reader.Read7BitEncodedInt(), LetterScripts.Count)];
            for (var script = 0; script < scripts.Length; script++) scripts[script] = ReadScript(reader);
            return new LanguageModelFile(scripts, calibration, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException or InvalidDataException or InvalidOperationException or IOException)
        {
            throw new DataFormatException(path, 0, $"the language model is damaged ({damage.Message.TrimEnd('.')}); get the file again.", damage);
        }
    }

    private static void WriteScript(BinaryWriter writer, ScriptModelData script)
    {
        writer.Write((byte)script.Script);
        writer.Write((byte)script.Order);
        writer.Write(script.LogFloor);
        writer.Write7BitEncodedInt(script.Languages.Length);
        for (var language = 0; language < script.Languages.Length; language++)
        {
            writer.Write(script.Languages[language]);
            writer.Write(script.Priors[language]);
        }
        writer.Write7BitEncodedInt(script.Alphabet.Length);
        foreach (var letter in script.Alphabet) writer.Write((ushort)letter);
        writer.Write(script.Unigrams);
        writer.Write7BitEncodedInt(script.Keys.Length);
        var before = 0UL;
        foreach (var key in script.Keys)
        {
            writer.Write7BitEncodedInt64((long)(key - before));
            before = key;
        }
        foreach (var entry in script.Entries) writer.Write7BitEncodedInt64(entry.Probabilities);
        foreach (var entry in script.Entries) writer.Write7BitEncodedInt64(entry.Weights);
        writer.Write7BitEncodedInt(script.Values.Length);
        writer.Write(script.Values);
    }

    private static ScriptModelData ReadScript(BinaryReader reader)
    {
        var script = (LetterScript)Checked(reader.ReadByte(), LetterScripts.Count - 1);
        var order = Checked(reader.ReadByte(), ScriptModel.MaxOrder);
        var floor = reader.ReadSingle();
        var languages = new string[Checked(reader.Read7BitEncodedInt(), ScriptModel.MaxLanguages)];
        var priors = new float[languages.Length];
        for (var language = 0; language < languages.Length; language++) (languages[language], priors[language]) = (reader.ReadString(), reader.ReadSingle());
        var alphabet = new char[Checked(reader.Read7BitEncodedInt(), char.MaxValue)];
        for (var letter = 0; letter < alphabet.Length; letter++) alphabet[letter] = (char)reader.ReadUInt16();
        var unigrams = Bytes(reader, (alphabet.Length + ScriptModelData.FirstLetter) * languages.Length);
        var keys = new ulong[Checked(reader.Read7BitEncodedInt(), 1 << 24)];
        var before = 0UL;
        for (var key = 0; key < keys.Length; key++) keys[key] = before += (ulong)reader.Read7BitEncodedInt64();
        var entries = ReadEntries(reader, keys.Length, languages.Length, out var values);
        return new ScriptModelData
        {
            Script = script, Languages = languages, Priors = priors, Order = order, Alphabet = alphabet, LogFloor = floor,
            Unigrams = unigrams, Keys = keys, Entries = entries, Values = Bytes(reader, Checked(reader.Read7BitEncodedInt(), values, values)),
        };
    }

    private static NgramEntry[] ReadEntries(BinaryReader reader, int count, int languages, out int values)
    {
        var masks = new uint[2 * count];
        for (var i = 0; i < masks.Length; i++)
        {
            masks[i] = (uint)reader.Read7BitEncodedInt64();
            if (languages < 32 && masks[i] >> languages != 0) throw new InvalidDataException("an n-gram names a language that is not there");
        }
        var entries = new NgramEntry[count];
        values = 0;
        for (var i = 0; i < count; i++)
        {
            entries[i] = new NgramEntry(masks[i], masks[count + i], values);
            values += System.Numerics.BitOperations.PopCount(masks[i]) + System.Numerics.BitOperations.PopCount(masks[count + i]);
        }
        return entries;
    }

    private static byte[] Bytes(BinaryReader reader, int length)
    {
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException("the data end early");
    }

    private static int Checked(int value, int most, int least = 0) => value >= least && value <= most ? value : throw new InvalidDataException($"{value} is out of range");
}
