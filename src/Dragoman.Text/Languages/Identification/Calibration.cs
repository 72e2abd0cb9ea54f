namespace Dragoman.Text.Languages.Identification;

/// <summary>
/// How far log-likelihoods are believed. N-grams overlap, so their product claims too much, the more the longer the text: a text of n symbols counts
/// <see cref="Slope"/> / (1 + n / <see cref="Length"/>) times its log-likelihood.
/// </summary>
/// <param name="Slope">Share of the evidence believed in the shortest texts, above 0.</param>
/// <param name="Length">Symbols after which half as much is believed, above 0.</param>
/// <param name="Unknown">Prior weight of "none of these languages", relative to a language's 1.</param>
internal sealed record Calibration(float Slope, float Length, float Unknown)
{
    internal static Calibration None { get; } = new(1, 1e9f, 0.01f);

    internal float Trust(int symbols) => Slope / (1 + symbols / Length);
}
