using Dragoman.Collections.Errors;
using Google.Protobuf;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>One piece of the vocabulary.</summary>
/// <param name="Text">The piece, spaces written as U+2581.</param>
/// <param name="Score">Natural logarithm of the piece's probability.</param>
/// <param name="Kind">What the piece is for.</param>
internal sealed record SentencePiece(string Text, float Score, PieceKind Kind);

/// <summary>A unigram SentencePiece model as the file holds it (message <c>ModelProto</c> of SentencePiece).</summary>
internal sealed record SentencePieceModel
{
    private const int Unigram = 1;

    internal required IReadOnlyList<SentencePiece> Pieces { get; init; }

    /// <summary>Character rules: a double-array trie and the replacements it points into; empty when text is taken as it is.</summary>
    internal byte[] CharacterRules { get; private set; } = [];

    internal bool AddDummyPrefix { get; private set; } = true;

    internal bool RemoveExtraWhitespaces { get; private set; } = true;

    internal bool EscapeWhitespaces { get; private set; } = true;

    internal bool TreatWhitespaceAsSuffix { get; private set; }

    internal bool ByteFallback { get; private set; }

    internal required int UnknownId { get; init; }

    /// <summary>Reads and checks a model file.</summary>
    /// <exception cref="DataFormatException">The file is missing, truncated, not a SentencePiece model, or not a unigram one.</exception>
    internal static SentencePieceModel Read(string path)
    {
        if (!File.Exists(path)) throw new DataFormatException(path, 0, "the file does not exist; expected a SentencePiece model.");
        var pieces = new List<SentencePiece>();
        byte[]? trainer = null, normalizer = null;
        try
        {
            var input = new CodedInputStream(File.ReadAllBytes(path));
            for (uint tag; (tag = input.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: pieces.Add(ReadPiece(input.ReadBytes().CreateCodedInput())); break;
                    case 2: trainer = input.ReadBytes().ToByteArray(); break;
                    case 3: normalizer = input.ReadBytes().ToByteArray(); break;
                    default: input.SkipLastField(); break;
                }
            }
            if (pieces.Count == 0 || trainer is null || normalizer is null)
                throw new DataFormatException(path, 0, $"a SentencePiece model holds pieces, a trainer and a normalizer section; found {pieces.Count} pieces{(trainer is null ? ", no trainer" : "")}{(normalizer is null ? ", no normalizer" : "")}. Is the file truncated?");
            var model = new SentencePieceModel { Pieces = pieces, UnknownId = Check(path, pieces) };
            model.ReadTrainer(path, new CodedInputStream(trainer));
            model.ReadNormalizer(new CodedInputStream(normalizer));
            return model;
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or ArgumentException)
        {
            throw new DataFormatException(path, 0, "this is not a complete SentencePiece model. Is the file truncated, or a pointer left by Git LFS?", failure);
        }
    }

    private static SentencePiece ReadPiece(CodedInputStream input)
    {
        var (text, score, kind) = ("", 0f, PieceKind.Normal);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: text = input.ReadString(); break;
                case 2: score = input.ReadFloat(); break;
                case 3: kind = (PieceKind)input.ReadEnum(); break;
                default: input.SkipLastField(); break;
            }
        }
        return new SentencePiece(text, score, kind);
    }

    private void ReadTrainer(string path, CodedInputStream input)
    {
        var type = Unigram;
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 3: type = input.ReadEnum(); break;
                case 24: TreatWhitespaceAsSuffix = input.ReadBool(); break;
                case 35: ByteFallback = input.ReadBool(); break;
                default: input.SkipLastField(); break;
            }
        }
        if (type != Unigram)
        {
            var name = type switch { 2 => "BPE", 3 => "word", 4 => "character", _ => $"unknown ({type})" };
            throw new DataFormatException(path, 0, $"this is a SentencePiece model of type {name}; only unigram models are supported.");
        }
        if (ByteFallback && Pieces.Count(piece => piece.Kind == PieceKind.Byte) != 256)
            throw new DataFormatException(path, 0, $"byte fallback needs 256 byte pieces; found {Pieces.Count(piece => piece.Kind == PieceKind.Byte)}.");
    }

    private void ReadNormalizer(CodedInputStream input)
    {
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 2: CharacterRules = input.ReadBytes().ToByteArray(); break;
                case 3: AddDummyPrefix = input.ReadBool(); break;
                case 4: RemoveExtraWhitespaces = input.ReadBool(); break;
                case 5: EscapeWhitespaces = input.ReadBool(); break;
                default: input.SkipLastField(); break;
            }
        }
    }

    private static int Check(string path, List<SentencePiece> pieces)
    {
        var (unknown, seen) = (-1, new HashSet<(string, bool)>());
        for (var id = 0; id < pieces.Count; id++)
        {
            var piece = pieces[id];
            if (piece.Text.Length == 0) throw new DataFormatException(path, 0, $"piece {id} is empty. Is the file damaged?");
            if (!Enum.IsDefined(piece.Kind)) throw new DataFormatException(path, 0, $"piece {id} has type {(int)piece.Kind}, expected 1 to 6. Is the file damaged?");
            var inTrie = piece.Kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused;
            if (!seen.Add((piece.Text, inTrie))) throw new DataFormatException(path, 0, $"piece {id}, '{piece.Text}', is defined twice. Is the file damaged?");
            if (piece.Kind != PieceKind.Unknown) continue;
            if (unknown >= 0) throw new DataFormatException(path, 0, $"pieces {unknown} and {id} are both the unknown piece; expected one.");
            unknown = id;
        }
        return unknown >= 0 ? unknown : throw new DataFormatException(path, 0, "no piece is the unknown piece; expected one. Is the file damaged?");
    }
}
