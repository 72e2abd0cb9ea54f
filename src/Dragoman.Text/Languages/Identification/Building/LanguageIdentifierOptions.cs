namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>How a language identifier is made.</summary>
public sealed record LanguageIdentifierOptions
{
    /// <summary>Longest n-gram of alphabets, in letters, from 2 to 5.</summary>
    /// <value>5 by default.</value>
    public int Order { get; init; } = 5;

    /// <summary>Longest n-gram of Han and Kana, in characters, from 1 to 3.</summary>
    /// <value>2 by default.</value>
    public int EastAsianOrder { get; init; } = 2;

    /// <summary>N-grams kept for a language, 1 or more.</summary>
    /// <value>20,000 by default.</value>
    public int Ngrams { get; init; } = 20_000;

    /// <summary>Chance that a symbol is noise, spread evenly over the alphabet: the least a symbol counts. Above 0, below 1.</summary>
    /// <value>0.01 by default.</value>
    public double Noise { get; init; } = 0.01;

    /// <summary>Prior weight of languages that are there only in a script they are rarely written in, relative to 1.</summary>
    /// <value>0.05 by default.</value>
    public double RareScriptPrior { get; init; } = 0.05;

    /// <summary>Prior weight of <c>und</c>, relative to 1.</summary>
    /// <value>0.01 by default.</value>
    public double UnknownPrior { get; init; } = 0.01;

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Order is < 2 or > ScriptModel.MaxOrder) yield return $"order is {Order}; use 2 to {ScriptModel.MaxOrder}.";
        if (EastAsianOrder is < 1 or > 3) yield return $"east_asian_order is {EastAsianOrder}; use 1 to 3.";
        if (Ngrams < 1) yield return $"ngrams is {Ngrams}; use 1 or more.";
        if (!(Noise is > 0 and < 1)) yield return $"noise is {Noise}; use a value above 0 and below 1.";
        if (!(RareScriptPrior > 0)) yield return $"rare_script_prior is {RareScriptPrior}; use a value above 0.";
        if (!(UnknownPrior > 0)) yield return $"unknown_prior is {UnknownPrior}; use a value above 0.";
    }
}
