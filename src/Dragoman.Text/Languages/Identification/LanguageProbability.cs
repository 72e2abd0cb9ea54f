namespace Dragoman.Text.Languages.Identification;

/// <summary>A language and how likely it is.</summary>
/// <param name="Language">BCP 47 tag; <c>und</c> for none of the identifier's languages.</param>
/// <param name="Probability">Within [0, 1].</param>
public readonly record struct LanguageProbability(string Language, double Probability);
