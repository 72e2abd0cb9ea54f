namespace Dragoman.Text.Tokenizers;

/// <summary>Which tokens play the five roles of BERT's input.</summary>
/// <param name="Unknown">Stands for what the vocabulary does not cover.</param>
/// <param name="Classifier">Starts every input.</param>
/// <param name="Separator">Ends every text.</param>
/// <param name="Padding">Fills up shorter inputs.</param>
/// <param name="Mask">Hides a token in pre-training.</param>
internal sealed record SpecialTokenNames(string Unknown, string Classifier, string Separator, string Padding, string Mask);
