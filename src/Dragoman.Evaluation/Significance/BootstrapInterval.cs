namespace Dragoman.Evaluation.Significance;

/// <summary>Two confidence intervals from the same bootstrap resamples.</summary>
/// <param name="Percentile">Quantiles of the resampled means as they are: simple, and too narrow for few queries or runs.</param>
/// <param name="Corrected">
/// The one to report: bias-corrected and accelerated (BCa; Efron 1987) with one run; with several, quantiles widened to Student's t
/// (the expanded percentile interval of Hesterberg, The American Statistician 69, 2015).
/// </param>
public sealed record BootstrapInterval(Interval Percentile, Interval Corrected);
