namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>What a piece is for; the numbers are those of the model file.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
