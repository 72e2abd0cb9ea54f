using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>A unigram SentencePiece tokenizer, with the ids of the model file or those of a family that renumbers them (<see cref="SentencePieceVocabulary"/>).</summary>
internal sealed class SentencePieceTokenizer : ISamplingTokenizer
{
    private readonly SentencePieceModel _model;
    private readonly SentencePieceNormalizer _normalizer;
    private readonly UnigramSegmenter _segmenter;
    private readonly UnigramSampler _sampler;
    private readonly SentencePieceVocabulary _vocabulary;
    private readonly SpecialTokenSplitter _special;
    private readonly int[]? _byteIds;

    /// <exception cref="DataFormatException">The model's character rules are damaged.</exception>
    internal SentencePieceTokenizer(SentencePieceModel model, string path, SentencePieceVocabulary vocabulary, int? maxLength)
    {
        (_model, _vocabulary, MaxLength) = (model, vocabulary, maxLength);
        _normalizer = new SentencePieceNormalizer(model, path);
        var lexicon = new UnigramLexicon(model);
        (_segmenter, _sampler) = (new UnigramSegmenter(lexicon), new UnigramSampler(lexicon));
        _special = new SpecialTokenSplitter(vocabulary.Special);
        if (model.ByteFallback) _byteIds = [.. Enumerable.Range(0, 256).Select(value => vocabulary.PieceId($"<0x{value:X2}>"))];
    }

    public int VocabularySize => _vocabulary.Size;

    public int PadId => _vocabulary.PadId;

    public int UnknownId => _vocabulary.Ids[_model.UnknownId];

    public int? MaxLength { get; }

    public int? IdOf(string token) => _vocabulary.IdOf(token);

    public int SpecialTokens(bool pair) => _vocabulary.Layout.SpecialTokens(pair);

    public EncodedText Combine(IReadOnlyList<int> first, IReadOnlyList<int>? second, int? maxLength = null, Truncation truncation = Truncation.LongestFirst) =>
        _vocabulary.Layout.Combine(first, second, maxLength, truncation);

    public Tokenization Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (ids, tokens) = (new List<int>(), new List<string>());
        Append(text, ids, tokens);
        return new Tokenization(tokens, ids);
    }

    public void AppendIds(string text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        Append(text, ids, null);
    }

    public void AppendSample(string text, double alpha, Random random, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(ids);
        if (!double.IsFinite(alpha) || alpha < 0) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The sharpness must be 0 or more.");
        Append(text, ids, null, workspace => _sampler.Sample(workspace, alpha, random));
    }

    private void Append(ReadOnlySpan<char> text, List<int> ids, List<string>? tokens, Action<SegmentationWorkspace>? segment = null)
    {
        while (_special.Next(text, out var start, out var token, out var id))
        {
            AppendPlain(text[..start].Trim(), ids, tokens, segment);
            ids.Add(id);
            tokens?.Add(token);
            text = text[(start + token.Length)..].TrimStart();
        }
        AppendPlain(text, ids, tokens, segment);
    }

    private void AppendPlain(ReadOnlySpan<char> text, List<int> ids, List<string>? tokens, Action<SegmentationWorkspace>? segment)
    {
        if (text.IsEmpty) return;
        var workspace = SegmentationWorkspace.Current;
        workspace.Read(text);
        _normalizer.Normalize(workspace.Input.Written, workspace.Normalized);
        if (segment is null) _segmenter.Segment(workspace);
        else segment(workspace);
        var normalized = workspace.Normalized.Written;
        var pieces = workspace.Reversed;
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            var (start, id) = pieces[i];
            if (id != _model.UnknownId)
            {
                ids.Add(_vocabulary.Ids[id]);
                tokens?.Add(_model.Pieces[id].Text);
                continue;
            }
            // Unknown characters in a row become one unknown token, or a token for each byte.
            while (i > 0 && pieces[i - 1].Id == id) i--;
            AppendUnknown(normalized[start..(i > 0 ? pieces[i - 1].Start : normalized.Length)], ids, tokens);
        }
    }

    private void AppendUnknown(ReadOnlySpan<byte> text, List<int> ids, List<string>? tokens)
    {
        if (_byteIds is null)
        {
            ids.Add(UnknownId);
            tokens?.Add(Encoding.UTF8.GetString(text));
            return;
        }
        foreach (var value in text)
        {
            ids.Add(_byteIds[value]);
            tokens?.Add($"<0x{value:X2}>");
        }
    }
}
