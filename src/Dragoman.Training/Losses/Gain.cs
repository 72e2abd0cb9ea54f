namespace Dragoman.Training.Losses;

/// <summary>What a grade is worth in a loss built on nDCG.</summary>
public enum Gain
{
    /// <summary>2^g − 1 (Burges et al., ICML 2005): the top grades count most.</summary>
    Exponential,

    /// <summary>g, as in trec_eval's nDCG and the measure of this project.</summary>
    Linear,
}
