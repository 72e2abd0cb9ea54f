using Dragoman.Models.CrossEncoders;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Measures a cross-encoder by the candidates of the dev split that it reranks.</summary>
internal sealed class CrossEncoderDev(DevRanking dev, CrossEncoder model, ITokenizer tokenizer, int maxLength) : IDevMeasure
{
    public string Name => DevRanking.MeasureName;

    public IReadOnlyDictionary<string, double> Before => dev.Before;

    public IReadOnlyDictionary<string, double> Measure(CancellationToken cancellationToken) => dev.Measure(model, tokenizer, maxLength, cancellationToken);
}
