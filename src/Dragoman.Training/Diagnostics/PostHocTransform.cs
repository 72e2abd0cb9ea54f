using MathNet.Numerics.LinearAlgebra;

namespace Dragoman.Training.Diagnostics;

/// <summary>What can be done to the vectors of a trained encoder without training it again.</summary>
public enum PostHocMethod
{
    /// <summary>The vectors as they are.</summary>
    None,

    /// <summary>Each language's mean is taken away (Libovický et al. 2020).</summary>
    LanguageCentring,

    /// <summary>Each language's mean and first principal components are taken away (LIR, Yang et al. 2021).</summary>
    LanguageComponents,

    /// <summary>The common mean and the first hundredth of the principal components are taken away (all-but-the-top, Mu and Viswanath 2018).</summary>
    AllButTheTop,

    /// <summary>Each language's mean is taken away, and the rest is scaled to equal variance in every direction that is kept.</summary>
    Whitening,
}

/// <summary>A post-hoc change of vectors, fitted on some texts to be used on others.</summary>
internal sealed class PostHocTransform
{
    private const double KeptVariance = 0.95;
    private readonly Dictionary<string, (double[] Mean, Matrix<double>? Removed)> _languages = new(StringComparer.Ordinal);
    private readonly double[] _common;
    private Matrix<double>? _whitening;

    private PostHocTransform(double[] common) => _common = common;

    /// <summary>Fits a change.</summary>
    /// <param name="method">Which; not <see cref="PostHocMethod.None"/>.</param>
    /// <param name="groups">The texts' vectors by language.</param>
    internal static PostHocTransform Fit(PostHocMethod method, IReadOnlyList<(string Language, Vectors Vectors)> groups)
    {
        var all = Vectors.Of([.. groups.Select(group => group.Vectors)]);
        var transform = new PostHocTransform(all.Mean());
        var components = Math.Max(1, all.Dimension / 100);
        var common = method == PostHocMethod.AllButTheTop ? Top(all, transform._common, components) : null;
        foreach (var (language, vectors) in groups)
        {
            var mean = method == PostHocMethod.AllButTheTop ? transform._common : vectors.Mean();
            transform._languages[language] = (mean, method switch { PostHocMethod.AllButTheTop => common, PostHocMethod.LanguageComponents => Top(vectors, mean, components), _ => null });
        }
        if (method == PostHocMethod.Whitening) transform._whitening = Whitening(groups, transform);
        return transform;
    }

    /// <summary>Changes the vectors of a language; one that was not fitted loses the common mean.</summary>
    internal float[] Apply(string language, ReadOnlySpan<float> row)
    {
        var (mean, removed) = _languages.TryGetValue(language, out var known) ? known : (_common, null);
        var values = new double[row.Length];
        for (var k = 0; k < row.Length; k++) values[k] = row[k] - mean[k];
        var changed = Vector<double>.Build.Dense(values);
        if (removed is not null) changed -= removed * removed.TransposeThisAndMultiply(changed);
        if (_whitening is not null) changed = _whitening.TransposeThisAndMultiply(changed);
        var result = new float[changed.Count];
        for (var k = 0; k < result.Length; k++) result[k] = (float)changed[k];
        Vectors.Normalise(result);
        return result;
    }

    /// <summary>The first principal components, as columns.</summary>
    private static Matrix<double> Top(Vectors vectors, double[] mean, int count)
    {
        var decomposition = vectors.Covariance(mean).Evd(Symmetricity.Symmetric);
        var width = decomposition.EigenVectors.ColumnCount;
        return decomposition.EigenVectors.SubMatrix(0, width, width - count, count);           // eigenvalues ascend
    }

    /// <summary>U Λ^(−1/2) of the covariance within languages, for the directions that hold 95% of the variance.</summary>
    private static Matrix<double> Whitening(IReadOnlyList<(string Language, Vectors Vectors)> groups, PostHocTransform centring)
    {
        var rows = groups.SelectMany(group => Enumerable.Range(0, group.Vectors.Count).Select(row => (group.Vectors, row, Mean: centring._languages[group.Language].Mean))).ToList();
        var width = groups[0].Vectors.Dimension;
        var centred = Matrix<double>.Build.Dense(rows.Count, width, (row, k) => rows[row].Vectors.Row(rows[row].row)[k] - rows[row].Mean[k]);
        var decomposition = (centred.TransposeThisAndMultiply(centred) / Math.Max(1, rows.Count - 1)).Evd(Symmetricity.Symmetric);
        var variances = decomposition.EigenValues.Select(value => Math.Max(0, value.Real)).ToArray();
        var (total, kept, count) = (variances.Sum(), 0.0, 0);
        while (count < width && kept < KeptVariance * total) kept += variances[width - ++count];
        count = Math.Max(1, count);
        var whitening = decomposition.EigenVectors.SubMatrix(0, width, width - count, count);
        for (var column = 0; column < count; column++) whitening.SetColumn(column, whitening.Column(column) / Math.Sqrt(Math.Max(1e-12, variances[width - count + column])));
        return whitening;
    }
}
