using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>Parses scores. Plain decimals of at most 15 digits, nearly all there are, take a short way that gives the same double.</summary>
internal static class TrecScore
{
    private const int ExactDigits = 15;

    // Below 10^15 and up to 10^22 both operands of one division are exact doubles, so its result is correctly rounded (Clinger, PLDI 1990).
    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Parses a finite number.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> field, out double score) =>
        TryParsePlain(field, out score) || (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out score) && double.IsFinite(score));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryParsePlain(ReadOnlySpan<byte> field, out double score)
    {
        score = 0;
        var negative = field.Length > 0 && field[0] == '-';
        var (mantissa, digits, point) = (0L, 0, -1);
        for (var i = negative ? 1 : 0; i < field.Length; i++)
        {
            var digit = field[i] - '0';
            if ((uint)digit <= 9)
            {
                if (++digits > ExactDigits) return false;
                mantissa = (mantissa * 10) + digit;
            }
            else if (field[i] == '.' && point < 0) point = digits;
            else return false;
        }
        if (digits == 0) return false;
        var value = point < 0 ? mantissa : mantissa / Powers[digits - point];
        score = negative ? -value : value;
        return true;
    }
}
