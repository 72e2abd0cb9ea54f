using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Writes all files of an index but the configuration and the manifest. Not thread-safe.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly IndexBuildOptions _options;
    private readonly string _folder;
    private readonly PassageStoreWriter _passages;
    private readonly InvertedIndexWriter _terms;
    private readonly VectorStoreWriter? _vectors;
    private readonly List<string> _waiting = [];
    private readonly List<string> _termsOfPassage = [];
    private readonly List<int> _passagesOfLanguage = [];
    private readonly float[] _rows = [];

    internal IndexWriter(string folder, IndexBuildOptions options)
    {
        _options = options;
        _folder = folder;
        _passages = new PassageStoreWriter(folder);
        _terms = new InvertedIndexWriter(folder);
        if (options.Encoder is not { } encoder) return;
        _vectors = new VectorStoreWriter(folder, encoder.Dimension, options.Precision);
        _rows = new float[options.EncodingBatch * encoder.Dimension];
    }

    /// <summary>Number of passages added.</summary>
    internal int Count => _passages.Count;

    internal void Add(Passage passage)
    {
        var language = _passages.Add(passage);
        if (language == _passagesOfLanguage.Count) _passagesOfLanguage.Add(0);
        _passagesOfLanguage[language]++;
        _termsOfPassage.Clear();
        _options.Analyzer.Analyze(passage.FullText, passage.Language, _termsOfPassage);
        _terms.Add(language, _termsOfPassage);
        if (_options.Encoder is not { } encoder) return;
        _waiting.Add(passage.FullText);
        if (_waiting.Count == _options.EncodingBatch) Encode(encoder);
    }

    private void Encode(ITextEncoder encoder)
    {
        if (_waiting.Count == 0) return;
        var rows = _rows.AsSpan(0, _waiting.Count * encoder.Dimension);
        encoder.Encode(_waiting, rows);
        _vectors!.Add(rows);
        _waiting.Clear();
    }

    internal IndexManifest Finish()
    {
        if (_passages.Count == 0) throw new DragomanException("The collection holds no passages; an index needs at least one.");
        if (_options.Encoder is { } encoder) Encode(encoder);
        _passages.Finish();
        _terms.Finish();
        _vectors?.Dispose();
        return new IndexManifest
        {
            Version = IndexManifest.CurrentVersion,
            Analyzer = _options.Analyzer.Identity,
            Encoder = _options.Encoder?.Identity,
            Dimension = _options.Encoder?.Dimension ?? 0,
            Precision = _options.Precision,
            Passages = _passages.Count,
            Terms = _terms.TermCount,
            Tokens = _terms.TokenCount,
            Languages = _passages.Languages.Select((tag, ordinal) => new LanguageCount(tag, _passagesOfLanguage[ordinal])).ToArray(),
            Inputs = (JsonObject?)_options.Inputs?.DeepClone(),
            Files = Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal).Select(FileFingerprint.Of).ToArray(),
        };
    }

    public void Dispose()
    {
        _passages.Dispose();
        _vectors?.Dispose();
    }
}
