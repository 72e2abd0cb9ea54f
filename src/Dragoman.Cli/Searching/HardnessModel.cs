using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Reranking;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Searching;

/// <summary>A model whose candidates are made harder and harder: a cross-encoder, which reranks, or a bi-encoder, which also searches.</summary>
internal sealed class HardnessModel : IDisposable
{
    internal const int DefaultMaxLength = 256;
    private const string Tag = "hardness";
    private readonly IDisposable _model;
    private readonly Func<Run, CandidateTexts, IProgress<int>, CancellationToken, Run> _rerank;

    private HardnessModel(IDisposable model, ITextEncoder? encoder, Func<Run, CandidateTexts, IProgress<int>, CancellationToken, Run> rerank) => (_model, Encoder, _rerank) = (model, encoder, rerank);

    /// <summary>The bi-encoder; null for a cross-encoder.</summary>
    internal ITextEncoder? Encoder { get; }

    internal static HardnessModel Load(string folder, Precision precision, DeviceChoice? device, int? maxLength)
    {
        if (!Directory.Exists(folder) || !EncoderLoader.IsCrossEncoder(folder))
        {
            var encoder = PlacedEncoder.Load(folder, precision, device);
            return new HardnessModel(encoder, encoder, new VectorReranker(encoder, Tag).Rerank);
        }
        var place = (device ?? DeviceChoice.Auto).Resolve();
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var model = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = precision });
        try
        {
            VocabularyFit.Require(folder, tokenizer, model.Model.Encoder.Config);
            model.Model.To(place);
            return new HardnessModel(model, null, new Reranker(model, tokenizer, new RerankOptions { MaxLength = maxLength ?? Math.Min(DefaultMaxLength, model.MaxTokens), Tag = Tag }).Rerank);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    internal Run Rerank(Run candidates, CandidateTexts texts, IProgress<int> progress, CancellationToken token) => _rerank(candidates, texts, progress, token);

    /// <summary>What the bi-encoder finds in the whole collection for the judged queries, in the languages of their relevant passages.</summary>
    internal Run Search(IEnumerable<Query> queries, IEnumerable<Passage> passages, Qrels qrels, IReadOnlyDictionary<string, string> languages, int depth, IProgress<int> progress, CancellationToken token)
    {
        var searched = new List<StreamedQuery>();
        foreach (var query in queries.Where(query => qrels.IndexOfQuery(query.Id) >= 0))
        {
            var wanted = qrels.Judgements(query.Id).Where(judgement => judgement.Grade > 0 && languages.ContainsKey(judgement.PassageId)).Select(judgement => languages[judgement.PassageId]).ToHashSet(StringComparer.Ordinal);
            if (wanted.Count > 0) searched.Add(new StreamedQuery(query, wanted));
        }
        var search = new StreamedSearch(Encoder!, searched, depth);
        var found = search.Search(search.EncodeQueries(token), passages, progress: progress, cancellationToken: token);
        var builder = new RunBuilder(Tag);
        for (var query = 0; query < searched.Count; query++) builder.Add(searched[query].Query.Id, found[query]);
        return builder.Build();
    }

    public void Dispose() => _model.Dispose();
}
