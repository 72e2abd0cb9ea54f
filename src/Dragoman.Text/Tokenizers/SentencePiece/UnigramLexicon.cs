using System.Runtime.CompilerServices;
using System.Text;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>The pieces that text can be cut into, with the scores that SentencePiece 0.1.97's unigram model gives them.</summary>
internal sealed class UnigramLexicon
{
    private const float UnknownPenalty = 10;

    private readonly Dictionary<int, double> _userDefinedScores = [];

    internal UnigramLexicon(SentencePieceModel model)
    {
        // The reference starts its maximum from the smallest positive normal float, and so do we.
        var (min, max) = (float.MaxValue, 1.17549435e-38f);
        foreach (var piece in model.Pieces.Where(piece => piece.Kind == PieceKind.Normal))
        {
            (min, max) = (Math.Min(min, piece.Score), Math.Max(max, piece.Score));
        }
        UnknownScore = min - UnknownPenalty;
        UnknownId = model.UnknownId;
        var inTrie = new List<(string Text, int Id, float Score)>();
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            var piece = model.Pieces[id];
            if (piece.Kind == PieceKind.Normal) inTrie.Add((piece.Text, id, piece.Score));
            if (piece.Kind != PieceKind.UserDefined) continue;
            // A user-defined piece scores more than any path around it; infinity in the trie stands for the score in the dictionary.
            inTrie.Add((piece.Text, id, float.PositiveInfinity));
            _userDefinedScores[id] = Encoding.UTF8.GetByteCount(piece.Text) * max - 0.1;
        }
        Trie = PieceTrieBuilder.Build(inTrie);
    }

    internal PieceTrie Trie { get; }

    /// <summary>Score of a character that no piece covers alone.</summary>
    internal float UnknownScore { get; }

    internal int UnknownId { get; }

    /// <summary>Score of the piece that ends at a slot, in double as the reference computes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double ScoreOf(PieceUnit unit, uint slot) => float.IsPositiveInfinity(unit.Score) ? _userDefinedScores[Trie.IdAt((int)slot)] : unit.Score;

    /// <summary>The piece of a slot; the unknown piece for -1.</summary>
    internal int IdAt(int slot) => slot < 0 ? UnknownId : Trie.IdAt(slot);
}
