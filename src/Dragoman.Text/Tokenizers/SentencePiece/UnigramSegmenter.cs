namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Finds the most probable segmentation, step for step as SentencePiece 0.1.97's <c>unigram::Model::EncodeOptimized</c>, ties and rounding included.</summary>
/// <remarks>Viterbi over a unigram language model (Kudo, ACL 2018, section 3.2).</remarks>
internal sealed class UnigramSegmenter
{
    private const float UnknownPenalty = 10;

    private readonly PieceTrie _trie;
    private readonly float _unknownScore;
    private readonly int _unknownId;
    private readonly Dictionary<int, double> _userDefinedScores = [];

    internal UnigramSegmenter(SentencePieceModel model)
    {
        // The reference starts its maximum from the smallest positive float, and so do we.
        var (min, max) = (float.MaxValue, 1.17549435e-38f);
        foreach (var piece in model.Pieces.Where(piece => piece.Kind == PieceKind.Normal))
        {
            (min, max) = (Math.Min(min, piece.Score), Math.Max(max, piece.Score));
        }
        _unknownScore = min - UnknownPenalty;
        _unknownId = model.UnknownId;
        var inTrie = new List<(string Text, int Id, float Score)>();
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            var piece = model.Pieces[id];
            if (piece.Kind == PieceKind.Normal) inTrie.Add((piece.Text, id, piece.Score));
            if (piece.Kind != PieceKind.UserDefined) continue;
            // A user-defined piece scores more than any piece could; infinity sends the inner loop here.
            inTrie.Add((piece.Text, id, float.PositiveInfinity));
            _userDefinedScores[id] = System.Text.Encoding.UTF8.GetByteCount(piece.Text) * max - 0.1;
        }
        _trie = PieceTrieBuilder.Build(inTrie);
    }

    /// <summary>Segments the workspace's normalised text into its list of pieces, last first.</summary>
    internal unsafe void Segment(SegmentationWorkspace workspace)
    {
        var size = workspace.Normalized.Length;
        workspace.Reversed.Clear();
        if (size == 0) return;
        if (workspace.Path.Length <= size) workspace.Path = new PathNode[Math.Max(size + 1, 2 * workspace.Path.Length)];
        workspace.Path.AsSpan(0, size + 1).Fill(new PathNode { Start = -1 });
        fixed (byte* text = workspace.Normalized.Bytes)
        fixed (PathNode* path = workspace.Path)
        fixed (PieceUnit* units = _trie.Units)
        {
            for (var start = 0; start < size;)
            {
                var length = Math.Min(Utf8.LengthOf(text[start]), size - start);
                var scoreToHere = path[start].Score;
                var coversCharacter = false;
                var children = _trie.Root;
                for (var end = start; end < size && children != 0;)
                {
                    var slot = children + text[end];
                    var unit = units[slot];
                    if (unit.Label != text[end]) break;
                    end++;
                    children = unit.Children;
                    if (float.IsNaN(unit.Score)) continue;
                    // The reference adds in double, compares in double and keeps a float.
                    var candidate = (float.IsPositiveInfinity(unit.Score) ? _userDefinedScores[_trie.IdAt((int)slot)] : unit.Score) + scoreToHere;
                    if (path[end].Start < 0 || candidate > path[end].Score) path[end] = new PathNode { Score = (float)candidate, Start = start, Slot = (int)slot };
                    coversCharacter |= end - start == length;
                }
                if (!coversCharacter)
                {
                    var candidate = _unknownScore + scoreToHere;
                    if (path[start + length].Start < 0 || candidate > path[start + length].Score)
                        path[start + length] = new PathNode { Score = candidate, Start = start, Slot = -1 };
                }
                start += length;
            }
            for (var end = size; end > 0; end = path[end].Start)
            {
                workspace.Reversed.Add((path[end].Start, path[end].Slot < 0 ? _unknownId : _trie.IdAt(path[end].Slot)));
            }
        }
    }
}
