using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// First values for a cross-encoder whose token vectors are already aligned, so that before any training it scores how well the first text's tokens are matched by the
/// second's: the first layer finds like tokens of the other text and sums the energy of each pair, the last layer takes the mean over the first text into the first token.
/// </summary>
/// <remarks>
/// That products of query and key begin near the identity, and of value and output near a multiple of it, is mimetic initialisation (Trockman and Kolter, ICML 2023, section 3).
/// Deviations: those are set on the diagonal instead of by a factorisation; two coordinates of every head are taken from the words, one to tell the texts apart and one
/// to carry the strength of the match; feed-forward units come in pairs of either sign, GELU(x) + GELU(−x) ≈ 0.8·x², whose sum is the energy ‖w + c·m‖² of a
/// token w and what it attended to, m. It grows with w·m.
/// </remarks>
public static class MatchingInitialiser
{
    private const double Noise = 0.1, TypeLength = 2, Similarity = 3.12, Side = 0.9, Mixing = 0.7, UnitGain = 1.5, StrengthGain = 0.0075, Collecting = 1.4, HeadGain = 0.03, ScoreGain = 0.1;

    /// <summary>Sets all values but the token vectors' own; what <see cref="EncoderInitialiser"/> drew stays as small noise.</summary>
    /// <param name="model">A model as drawn, with token vectors already in place; two text types and at least two layers.</param>
    /// <exception cref="ArgumentException">The model has fewer than two text types or layers, or heads narrower than four.</exception>
    public static void Initialise(SequenceClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var config = model.Encoder.Config;
        if (config.TypeVocabularySize < 2 || config.Layers < 2 || config.HiddenSize / config.Heads < 4)
            throw new ArgumentException("Matching needs two text types, two layers, and heads of four numbers or more.", nameof(model));
        using var off = NoGrad.Begin();
        foreach (var parameter in model.Parameters.Where(parameter => parameter.Value.Dimensions == 2)) Set(parameter, config);
    }

    private static void Set(Parameter parameter, EncoderConfig config)
    {
        var name = parameter.Name;
        var matrix = new Matrix(parameter.Value);
        var width = config.HiddenSize / config.Heads;
        int[] sides = [.. Enumerable.Range(0, config.Heads).Select(head => head * width)], strengths = [.. sides.Select(side => side + 1)];
        int[] words = [.. Enumerable.Range(0, config.HiddenSize).Where(at => at % width > 1)];
        bool Is(string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);
        bool In(int layer, string part) => name.Contains($"encoder.layer.{layer}.{part}.", StringComparison.Ordinal);
        var last = config.Layers - 1;
        if (Is("word_embeddings.weight"))
        {
            matrix.ZeroColumns([.. sides, .. strengths]);
            matrix.Store();
            return;
        }
        matrix.Scale(Noise);
        if (Is("token_type_embeddings.weight"))
        {
            var length = (float)(TypeLength * config.InitializerRange * Math.Sqrt(config.HiddenSize));
            foreach (var side in sides) (matrix[0, side], matrix[1, side]) = (length, -length);
        }
        else if (In(0, "attention.self.query")) matrix.SetDiagonal(words, Similarity).SetDiagonal(sides, Side);
        else if (In(0, "attention.self.key")) matrix.SetDiagonal(words, Similarity).SetDiagonal(sides, -Side);
        else if (In(0, "attention.self.value") || In(0, "attention.output.dense")) matrix.SetDiagonal(words, Mixing);
        else if (In(0, "intermediate.dense")) matrix.SetPairs(words, UnitGain);
        else if (In(0, "output.dense")) matrix.SetRows(strengths, 2 * Math.Min(words.Length, config.IntermediateSize / 2), StrengthGain);
        else if (In(last, "attention.self.query") || In(last, "attention.self.key")) matrix.SetDiagonal(sides, Side);
        else if (In(last, "attention.self.value") || In(last, "attention.output.dense")) matrix.SetDiagonal(strengths, Collecting);
        else if (Is("pooler.dense.weight") || Is("classifier.dense.weight")) matrix.SetColumns(strengths, HeadGain);
        else if (Is("classifier.weight") || Is("classifier.out_proj.weight")) matrix.SetRows([0], config.HiddenSize, ScoreGain);
        matrix.Store();
    }

    /// <summary>A parameter's values, shape [outputs, inputs], changed here and stored back.</summary>
    private sealed class Matrix(Tensor tensor)
    {
        private readonly float[] _values = tensor.Detach().ToArray<float>();
        private readonly int _rows = (int)tensor.Size(0), _columns = (int)tensor.Size(1);

        internal float this[int row, int column]
        {
            set => _values[row * _columns + column] = value;
        }

        internal void Scale(double factor)
        {
            for (var at = 0; at < _values.Length; at++) _values[at] *= (float)factor;
        }

        internal void ZeroColumns(int[] columns)
        {
            for (var row = 0; row < _rows; row++)
                foreach (var column in columns) this[row, column] = 0;
        }

        internal Matrix SetDiagonal(int[] places, double value)
        {
            foreach (var at in places) this[at, at] = (float)value;
            return this;
        }

        /// <summary>Two rows for each input, one of either sign, as far as there are rows.</summary>
        internal void SetPairs(int[] inputs, double value)
        {
            for (var pair = 0; pair < Math.Min(inputs.Length, _rows / 2); pair++) (this[2 * pair, inputs[pair]], this[2 * pair + 1, inputs[pair]]) = ((float)value, (float)-value);
        }

        internal void SetRows(int[] rows, int columns, double value)
        {
            foreach (var row in rows)
                for (var column = 0; column < columns; column++) this[row, column] = (float)value;
        }

        internal void SetColumns(int[] columns, double value)
        {
            for (var row = 0; row < _rows; row++)
                foreach (var column in columns) this[row, column] = (float)value;
        }

        internal void Store()
        {
            using var values = Tensor.From(_values, _rows, _columns);
            tensor.CopyInPlace(values);
        }
    }
}
