using System.CommandLine;
using System.Globalization;

namespace Dragoman.Cli;

/// <summary>Limits of options that are whole numbers. What is no number at all is the parser's to refuse.</summary>
internal static class WholeNumber
{
    /// <summary>Refuses a value outside a range.</summary>
    /// <param name="option">The option.</param>
    /// <param name="lowest">The lowest value allowed.</param>
    /// <param name="highest">The highest value allowed.</param>
    /// <param name="rule">What to say else, after the option's name: <c>must be 1 or more</c>.</param>
    internal static void Require(Option option, int lowest, int highest, string rule) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value < lowest || value > highest))
            result.AddError($"{option.Name} {rule}.");
    });

    /// <summary>Refuses 0 and less.</summary>
    /// <param name="option">The option.</param>
    internal static void RequirePositive(Option option) => Require(option, 1, int.MaxValue, "must be 1 or more");
}
