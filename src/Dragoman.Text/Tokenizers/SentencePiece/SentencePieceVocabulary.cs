namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>How the pieces of a model file become the ids of an encoder.</summary>
internal sealed class SentencePieceVocabulary
{
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    private SentencePieceVocabulary(SentencePieceModel model, int[] ids, IReadOnlyDictionary<string, int> special, int padId, SequenceLayout layout)
    {
        (Ids, Special, PadId, Layout) = (ids, special, padId, layout);
        for (var id = 0; id < ids.Length; id++) _byText.TryAdd(model.Pieces[id].Text, ids[id]);
        foreach (var (token, id) in special) _byText[token] = id;
        Size = _byText.Values.Max() + 1;
    }

    /// <summary>The encoder's id of each piece.</summary>
    internal int[] Ids { get; }

    /// <summary>Tokens that are recognised when a text spells them out.</summary>
    internal IReadOnlyDictionary<string, int> Special { get; }

    internal int PadId { get; }

    internal int Size { get; }

    internal SequenceLayout Layout { get; }

    /// <summary>The model file's own ids, with nothing around the texts. Control pieces in a text are text, as they are to SentencePiece.</summary>
    internal static SentencePieceVocabulary Plain(SentencePieceModel model, IReadOnlyDictionary<string, int> added)
    {
        var ids = Enumerable.Range(0, model.Pieces.Count).ToArray();
        var pad = Array.FindIndex([.. model.Pieces], piece => piece.Kind == PieceKind.Control && piece.Text == "<pad>");
        return new SentencePieceVocabulary(model, ids, added, pad >= 0 ? pad : model.UnknownId, SequenceLayout.Plain);
    }

    /// <summary>
    /// XLM-RoBERTa's ids: <c>&lt;s&gt;</c> 0, <c>&lt;pad&gt;</c> 1, <c>&lt;/s&gt;</c> 2, <c>&lt;unk&gt;</c> 3, every other piece its place in the file plus one, <c>&lt;mask&gt;</c> last
    /// (the vocabulary was renumbered by fairseq; transformers' <c>XLMRobertaTokenizer</c>).
    /// </summary>
    /// <param name="model">The pieces.</param>
    /// <param name="added">Further tokens with their ids.</param>
    /// <param name="withTextTypes">Whether a pair's second text has type 1; XLM-R itself has one type.</param>
    internal static SentencePieceVocabulary XlmRoberta(SentencePieceModel model, IReadOnlyDictionary<string, int> added, bool withTextTypes = false)
    {
        var special = new Dictionary<string, int>(StringComparer.Ordinal) { ["<s>"] = 0, ["<pad>"] = 1, ["</s>"] = 2, ["<unk>"] = 3, ["<mask>"] = model.Pieces.Count + 1 };
        foreach (var (token, id) in added) special[token] = id;
        var ids = new int[model.Pieces.Count];
        for (var id = 0; id < ids.Length; id++)
        {
            var piece = model.Pieces[id];
            ids[id] = id == model.UnknownId ? 3 : special.TryGetValue(piece.Text, out var fixedId) ? fixedId : id + 1;
        }
        return new SentencePieceVocabulary(model, ids, special, 1, new SequenceLayout([0], [2, 2], [2], withTextTypes ? 1 : 0));
    }

    /// <summary>The encoder's id of a piece that is there.</summary>
    internal int PieceId(string piece) => _byText[piece];

    internal int? IdOf(string token) => _byText.TryGetValue(token, out var id) ? id : null;
}
