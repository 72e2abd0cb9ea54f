namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Finds the most probable segmentation, step for step as SentencePiece 0.1.97's <c>unigram::Model::EncodeOptimized</c>, ties and rounding included.</summary>
/// <remarks>Viterbi over a unigram language model (Kudo, ACL 2018, section 3.2).</remarks>
internal sealed class UnigramSegmenter(UnigramLexicon lexicon)
{
    /// <summary>Segments the workspace's normalised text into its list of pieces, last first.</summary>
    internal unsafe void Segment(SegmentationWorkspace workspace)
    {
        var size = workspace.Normalized.Length;
        workspace.Reversed.Clear();
        if (size == 0) return;
        if (workspace.Path.Length <= size) workspace.Path = new PathNode[Math.Max(size + 1, 2 * workspace.Path.Length)];
        workspace.Path.AsSpan(0, size + 1).Fill(new PathNode { Start = -1 });
        var (root, unknownScore) = (lexicon.Trie.Root, lexicon.UnknownScore);
        fixed (byte* text = workspace.Normalized.Bytes)
        fixed (PathNode* path = workspace.Path)
        fixed (PieceUnit* units = lexicon.Trie.Units)
        {
            for (var start = 0; start < size;)
            {
                var length = Math.Min(Utf8.LengthOf(text[start]), size - start);
                var scoreToHere = path[start].Score;
                var coversCharacter = false;
                var children = root;
                for (var end = start; end < size && children != 0;)
                {
                    var slot = children + text[end];
                    var unit = units[slot];
                    if (unit.Label != text[end]) break;
                    end++;
                    children = unit.Children;
                    if (float.IsNaN(unit.Score)) continue;
                    // The reference adds in double, compares in double and keeps a float.
                    var candidate = lexicon.ScoreOf(unit, slot) + scoreToHere;
                    if (path[end].Start < 0 || candidate > path[end].Score) path[end] = new PathNode { Score = (float)candidate, Start = start, Slot = (int)slot };
                    coversCharacter |= end - start == length;
                }
                if (!coversCharacter)
                {
                    var candidate = unknownScore + scoreToHere;
                    if (path[start + length].Start < 0 || candidate > path[start + length].Score)
                        path[start + length] = new PathNode { Score = candidate, Start = start, Slot = -1 };
                }
                start += length;
            }
            for (var end = size; end > 0; end = path[end].Start)
            {
                workspace.Reversed.Add((path[end].Start, lexicon.IdAt(path[end].Slot)));
            }
        }
    }
}
