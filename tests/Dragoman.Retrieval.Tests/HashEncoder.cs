using Dragoman.Models.Encoders;

namespace Dragoman.Retrieval.Tests;

/// <summary>A bag of words in random directions: every word has a fixed pseudo-random vector, a text the normalised sum of its words'.</summary>
internal sealed class HashEncoder(int dimension = 24, string identity = "hash-v1") : ITextEncoder
{
    public string Identity => identity;

    public int Dimension => dimension;

    public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            var row = vectors.Slice(text * dimension, dimension);
            row.Clear();
            foreach (var word in texts[text].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var random = new Random(word.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter)));
                for (var column = 0; column < dimension; column++) row[column] += (float)(random.NextDouble() - 0.5);
            }
            var norm = 0f;
            foreach (var number in row) norm += number * number;
            norm = MathF.Sqrt(norm);
            for (var column = 0; norm > 0 && column < dimension; column++) row[column] /= norm;
        }
    }

    public void Dispose()
    {
    }
}
