using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Commands;

/// <summary>What a line of <c>tokenize</c>'s output holds.</summary>
internal enum TokenizeFormat
{
    /// <summary>An object with tokens, ids and type_ids.</summary>
    Json,

    /// <summary>The tokens separated by spaces, as spm_encode prints pieces.</summary>
    Tokens,

    /// <summary>The ids separated by spaces, special tokens included.</summary>
    Ids,
}

/// <summary>Writes encoded texts, one a line, UTF-8 with LF.</summary>
internal sealed class TokenizeWriter : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly BufferedStream _stream;
    private readonly StreamWriter _text;
    private readonly Utf8JsonWriter _json;
    private readonly TokenizeFormat _format;

    internal TokenizeWriter(Stream stream, TokenizeFormat format)
    {
        _format = format;
        _stream = new BufferedStream(stream, BufferBytes);
        _text = new StreamWriter(_stream, new UTF8Encoding(false), BufferBytes, leaveOpen: true) { NewLine = "\n" };
        _json = new Utf8JsonWriter(_stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    internal void Write(IEnumerable<string> tokens, EncodedText encoded)
    {
        switch (_format)
        {
            case TokenizeFormat.Json: WriteJson(tokens, encoded); break;
            case TokenizeFormat.Tokens: WriteTokens(tokens); break;
            default: WriteIds(encoded.Ids); break;
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _json.Dispose();
        _stream.Dispose();
    }

    private void WriteJson(IEnumerable<string> tokens, EncodedText encoded)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("tokens"u8);
        foreach (var token in tokens) _json.WriteStringValue(token);
        _json.WriteEndArray();
        WriteArray("ids"u8, encoded.Ids);
        WriteArray("type_ids"u8, encoded.TypeIds);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _stream.WriteByte((byte)'\n');
    }

    private void WriteArray(ReadOnlySpan<byte> name, int[] values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values) _json.WriteNumberValue(value);
        _json.WriteEndArray();
    }

    private void WriteTokens(IEnumerable<string> tokens)
    {
        var first = true;
        foreach (var token in tokens)
        {
            if (!first) _text.Write(' ');
            _text.Write(token);
            first = false;
        }
        _text.WriteLine();
    }

    private void WriteIds(int[] ids)
    {
        Span<char> digits = stackalloc char[11];
        for (var i = 0; i < ids.Length; i++)
        {
            if (i > 0) _text.Write(' ');
            ids[i].TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            _text.Write(digits[..length]);
        }
        _text.WriteLine();
    }
}
