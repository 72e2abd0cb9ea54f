using System.Buffers.Binary;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Normalises text exactly as SentencePiece 0.1.97's <c>Normalizer::Normalize</c>: longest character rule first, then whitespace.</summary>
internal sealed class SentencePieceNormalizer
{
    private const byte Space = (byte)' ';

    private readonly DartsTrie? _rules;
    private readonly byte[] _replacements = [];
    private readonly PieceTrie? _userDefined;
    private readonly bool _addDummyPrefix, _removeExtraWhitespaces, _suffix;
    private readonly byte[] _space;

    // Whether an ASCII byte stands for itself whatever follows, or whenever an ASCII byte or the end follows.
    private readonly bool[] _plain = new bool[256], _plainBeforeAscii = new bool[256], _startsUserDefined = new bool[256];

    /// <exception cref="DataFormatException">The character rules are damaged.</exception>
    internal SentencePieceNormalizer(SentencePieceModel model, string path)
    {
        (_addDummyPrefix, _removeExtraWhitespaces, _suffix) = (model.AddDummyPrefix, model.RemoveExtraWhitespaces, model.TreatWhitespaceAsSuffix);
        _space = model.EscapeWhitespaces ? [0xE2, 0x96, 0x81] : [Space];
        if (model.CharacterRules.Length > 0)
        {
            var rules = model.CharacterRules.AsSpan();
            var trieBytes = rules.Length > 4 ? BinaryPrimitives.ReadUInt32LittleEndian(rules) : 0;
            if (trieBytes < 1024 || trieBytes % 4 != 0 || trieBytes + 4 >= rules.Length || rules[^1] != 0)
                throw new DataFormatException(path, 0, $"the character rules ({rules.Length} bytes) are damaged: a trie of {trieBytes} bytes does not fit. Is the file truncated?");
            _rules = new DartsTrie(rules.Slice(4, (int)trieBytes));
            _replacements = rules[(4 + (int)trieBytes)..].ToArray();
        }
        var userDefined = model.Pieces.Where(piece => piece.Kind == PieceKind.UserDefined).ToList();
        if (userDefined.Count > 0) _userDefined = PieceTrieBuilder.Build(userDefined.Select((piece, id) => (piece.Text, id, 0f)));
        foreach (var piece in userDefined) _startsUserDefined[Encoding.UTF8.GetBytes(piece.Text)[0]] = true;
        for (var letter = 0; letter < 128; letter++) (_plain[letter], _plainBeforeAscii[letter]) = Classify((byte)letter);
    }

    /// <summary>Normalises valid UTF-8.</summary>
    /// <param name="input">The text.</param>
    /// <param name="output">Receives the normalised text; cleared first.</param>
    internal void Normalize(ReadOnlySpan<byte> input, ByteBuffer output)
    {
        output.Length = 0;
        var at = 0;
        if (_removeExtraWhitespaces)
        {
            while (at < input.Length && Prefix(input[at..], out var taken) is [Space]) at += taken;
        }
        if (at == input.Length) return;
        output.Reserve(3 * input.Length + 16);
        if (!_suffix && _addDummyPrefix) Append(_space, output);
        var previousIsSpace = _removeExtraWhitespaces;
        while (at < input.Length)
        {
            var letter = input[at];
            if (_plain[letter] || (_plainBeforeAscii[letter] && (at + 1 == input.Length || input[at + 1] < 0x80)))
            {
                at++;
                if (letter != Space)
                {
                    output.Reserve(1);
                    output.Bytes[output.Length++] = letter;
                    previousIsSpace = false;
                }
                else if (!previousIsSpace)
                {
                    Append(_space, output);
                    previousIsSpace = _removeExtraWhitespaces;
                }
                continue;
            }
            var prefix = Prefix(input[at..], out var consumed);
            at += consumed;
            if (previousIsSpace) prefix = prefix.TrimStart(Space);
            if (prefix.IsEmpty)
            {
                previousIsSpace &= _removeExtraWhitespaces;
                continue;
            }
            AppendEscaped(prefix, output);
            previousIsSpace = _removeExtraWhitespaces && prefix[^1] == Space;
        }
        if (_removeExtraWhitespaces)
        {
            while (output.Written.EndsWith(_space)) output.Length -= _space.Length;
        }
        if (_suffix && _addDummyPrefix) Append(_space, output);
    }

    /// <summary>The normalised form of the longest rule, user-defined piece or single character that starts the text.</summary>
    private ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> text, out int consumed)
    {
        if (_startsUserDefined[text[0]] && (consumed = _userDefined!.LongestPrefix(text)) > 0) return text[..consumed];
        if (_rules is not null && (consumed = _rules.LongestPrefix(text, out var value)) > 0)
        {
            var rest = value < _replacements.Length ? _replacements.AsSpan(value) : default;
            return rest[..Math.Max(0, rest.IndexOf((byte)0))];
        }
        consumed = Math.Min(Utf8.LengthOf(text[0]), text.Length);
        return text[..consumed];
    }

    private static void Append(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        output.Reserve(text.Length);
        text.CopyTo(output.Bytes.AsSpan(output.Length));
        output.Length += text.Length;
    }

    private void AppendEscaped(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        for (var space = text.IndexOf(Space); space >= 0; space = text.IndexOf(Space))
        {
            Append(text[..space], output);
            Append(_space, output);
            text = text[(space + 1)..];
        }
        Append(text, output);
    }

    private (bool Plain, bool PlainBeforeAscii) Classify(byte letter)
    {
        if (_startsUserDefined[letter]) return (false, false);
        if (_rules is null || !_rules.HasPrefix([letter])) return (true, true);
        if (_rules.LongestPrefix([letter], out _) > 0) return (false, false);
        for (var next = 0; next < 128; next++)
        {
            if (_rules.HasPrefix([letter, (byte)next])) return (false, false);
        }
        return (false, true);
    }
}
