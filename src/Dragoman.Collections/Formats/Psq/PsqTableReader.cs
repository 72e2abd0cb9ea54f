using System.Text.Json;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Formats.Psq;

/// <summary>Reads a translation table token by token from a stream.</summary>
internal sealed class PsqTableReader(string path, Stream stream, TranslationCut? cut)
{
    internal const string Example = """{"flooding": {"наводнение": 0.6, "затопление": 0.3}}""";
    private const int MostTokenBytes = 1 << 24;
    private const double RoundingTolerance = 1e-6;

    private readonly TranslationTableBuilder _table = new(cut);
    private readonly IdTable _sources = new();
    private readonly Dictionary<string, float> _row = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[1 << 16];
    private int _count;
    private long _linesBefore;
    private string _source = "", _target = "";

    internal TranslationTable Read()
    {
        var state = new JsonReaderState();
        var (final, first) = (false, true);
        while (!final)
        {
            if (_count == _buffer.Length) Grow();
            var read = ReadMore();
            _count += read;
            final = read == 0;
            if (first && _count >= 3) SkipByteOrderMark(ref first);
            state = Tokens(state, final);
        }
        return _table.Build();
    }

    private JsonReaderState Tokens(JsonReaderState state, bool final)
    {
        var json = new Utf8JsonReader(_buffer.AsSpan(0, _count), final, state);
        try
        {
            while (json.Read()) Take(ref json);
        }
        catch (JsonException broken)
        {
            var detail = broken.Message;
            var suffix = detail.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new DataFormatException(path, (broken.LineNumber ?? 0) + 1, $"not valid JSON ({(suffix < 0 ? detail : detail[..suffix]).TrimEnd('.')}); expected {Example}.", broken);
        }
        catch (InvalidOperationException half)
        {
            throw Failure(ref json, "a term is not valid Unicode; write it as UTF-8.", half);
        }
        var consumed = (int)json.BytesConsumed;
        _linesBefore += _buffer.AsSpan(0, consumed).Count((byte)'\n');
        _buffer.AsSpan(consumed, _count - consumed).CopyTo(_buffer);
        _count -= consumed;
        return json.CurrentState;
    }

    private void Take(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject when json.CurrentDepth <= 1:
            case JsonTokenType.EndObject when json.CurrentDepth == 0:
                break;
            case JsonTokenType.PropertyName when json.CurrentDepth == 1:
                _source = json.GetString()!;
                var known = _sources.Count;
                if (_sources.Add(_source) < known) throw Failure(ref json, $"the source term \"{_source}\" occurs twice; join its translations.");
                break;
            case JsonTokenType.PropertyName when json.CurrentDepth == 2:
                _target = json.GetString()!;
                break;
            case JsonTokenType.Number when json.CurrentDepth == 2:
                if (!_row.TryAdd(_target, Probability(ref json))) throw Failure(ref json, $"the target term \"{_target}\" of \"{_source}\" occurs twice; add its probabilities up.");
                break;
            case JsonTokenType.EndObject:
                _table.Add(_source, _row.Select(entry => new Translation(entry.Key, entry.Value)));
                _row.Clear();
                break;
            default:
                throw Failure(ref json, $"unexpected {json.TokenType} at \"{_source}\"; expected {Example}.");
        }
    }

    private float Probability(ref Utf8JsonReader json)
    {
        if (json.TryGetDouble(out var value) && value is >= 0 and <= 1 + RoundingTolerance) return (float)Math.Min(1, value);
        throw Failure(ref json, $"the probability of \"{_target}\" for \"{_source}\" is {System.Text.Encoding.UTF8.GetString(json.ValueSpan)}; expected a number from 0 to 1.");
    }

    private DataFormatException Failure(ref Utf8JsonReader json, string problem, Exception? inner = null) =>
        new(path, _linesBefore + _buffer.AsSpan(0, (int)json.TokenStartIndex).Count((byte)'\n') + 1, problem, inner);

    private int ReadMore()
    {
        try
        {
            return stream.Read(_buffer, _count, _buffer.Length - _count);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataFormatException(path, _linesBefore + 1, $"the gzip data end or break here ({damaged.Message.TrimEnd('.')}); get the file again.", damaged);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= MostTokenBytes) throw new DataFormatException(path, _linesBefore + 1, $"a term is longer than {MostTokenBytes >> 20} MiB; is this a translation table?");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private void SkipByteOrderMark(ref bool first)
    {
        first = false;
        if (!_buffer.AsSpan().StartsWith("\uFEFF"u8)) return;
        _buffer.AsSpan(3, _count - 3).CopyTo(_buffer);
        _count -= 3;
    }
}
