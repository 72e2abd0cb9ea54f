namespace Dragoman.Training.Diagnostics;

/// <summary>How much of its language a vector gives away; the less, the better for finding across languages.</summary>
public sealed record LanguageTrace
{
    /// <summary>The languages.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>‖μ_a − μ_b‖² over the mean within-language variance of the two, by the languages' places; 0 when language leaves no trace.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Bias { get; init; }

    /// <summary>How often the nearest centroid is that of a vector's own language, whose centroid is taken without the vector; the mean over languages, within [0, 1].</summary>
    public required double Accuracy { get; init; }

    /// <summary>What guessing reaches: one over the number of languages.</summary>
    public double Chance => 1.0 / Languages.Count;

    /// <summary>The largest bias of two languages.</summary>
    public double LargestBias => Bias.Max(row => row.Max());

    /// <summary>Measures languages, each with two vectors or more.</summary>
    internal static LanguageTrace Measure(IReadOnlyList<(string Language, Vectors Vectors)> groups)
    {
        var means = groups.Select(group => group.Vectors.Mean()).ToArray();
        var variances = groups.Select((group, at) => Enumerable.Range(0, group.Vectors.Count).Average(row => Distance(group.Vectors.Row(row), means[at]))).ToArray();
        double Bias(int a, int b)
        {
            var within = (variances[a] + variances[b]) / 2;
            var between = means[a].Zip(means[b], (x, y) => (x - y) * (x - y)).Sum();
            return a == b || between == 0 ? 0 : within == 0 ? double.PositiveInfinity : between / within;
        }
        return new LanguageTrace
        {
            Languages = [.. groups.Select(group => group.Language)],
            Bias = [.. groups.Select((_, a) => (IReadOnlyList<double>)[.. groups.Select((_, b) => Bias(a, b))])],
            Accuracy = groups.Select((group, own) => Enumerable.Range(0, group.Vectors.Count).Average(row => IsNearestToOwn(group.Vectors, row, own, means) ? 1.0 : 0)).Average(),
        };
    }

    private static bool IsNearestToOwn(Vectors vectors, int row, int own, double[][] means)
    {
        var values = vectors.Row(row);
        // Without the vector itself the mean is (n μ − x) / (n − 1), and x is n / (n − 1) times as far from it as from μ.
        double n = vectors.Count;
        var distance = Distance(values, means[own]) * (n / (n - 1)) * (n / (n - 1));
        for (var other = 0; other < means.Length; other++)
            if (other != own && Distance(values, means[other]) <= distance) return false;
        return true;
    }

    private static double Distance(ReadOnlySpan<float> row, double[] mean)
    {
        var sum = 0.0;
        for (var k = 0; k < mean.Length; k++) sum += (row[k] - mean[k]) * (row[k] - mean[k]);
        return sum;
    }
}
