namespace Dragoman.Text.Tokenizers;

/// <summary>A tokenizer that can cut a text in other ways than the most probable one, to make training robust (subword regularisation).</summary>
/// <remarks>Every SentencePiece unigram tokenizer of <see cref="TokenizerLoader"/> is one.</remarks>
public interface ISamplingTokenizer : ITokenizer
{
    /// <summary>Appends the ids of a segmentation drawn at random, with probability proportional to its probability under the model to the power of <paramref name="alpha"/>.</summary>
    /// <remarks>Subword regularisation over all segmentations (Kudo, ACL 2018, section 3.3): forward filtering, backward sampling.</remarks>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="alpha">Sharpness, unitless, 0 or more: 0 draws all segmentations alike, large values draw the most probable one; 0.1 to 0.5 is usual.</param>
    /// <param name="random">Source of randomness; the same seed gives the same ids. Not shared between threads.</param>
    /// <param name="ids">Receives the ids; not cleared.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is negative or not finite.</exception>
    void AppendSample(string text, double alpha, Random random, List<int> ids);
}
