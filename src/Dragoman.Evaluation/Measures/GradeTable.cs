using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>A value for some grades: gains, or weights. Immutable; equal to another table with the same entries.</summary>
/// <param name="values">Grade to value.</param>
public sealed class GradeTable(IEnumerable<KeyValuePair<int, double>> values) : IEquatable<GradeTable>
{
    private readonly SortedDictionary<int, double> _values = new(values.ToDictionary());

    /// <summary>The sum of the values.</summary>
    public double Total => _values.Values.Sum();

    /// <summary>The value of a grade; null when the table has none.</summary>
    /// <param name="grade">The grade.</param>
    public double? Of(int grade) => _values.TryGetValue(grade, out var value) ? value : null;

    /// <inheritdoc/>
    public bool Equals(GradeTable? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GradeTable);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As ir_measures spells it: <c>{0:0.5,1:3}</c>, in order of the grades.</summary>
    public override string ToString() => "{" + string.Join(',', _values.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}:{entry.Value:R}"))) + "}";
}
