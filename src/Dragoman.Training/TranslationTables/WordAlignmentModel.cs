namespace Dragoman.Training.TranslationTables;

/// <summary>Which side's terms a model generates.</summary>
internal enum AlignmentDirection
{
    /// <summary>P(target term | source term).</summary>
    SourceToTarget,

    /// <summary>P(source term | target term).</summary>
    TargetToSource,
}

/// <summary>A pair of texts as a model of one direction sees it: given terms, generated terms, and the entry of two positions.</summary>
internal readonly ref struct DirectedPair
{
    private readonly ReadOnlySpan<int> _entries;
    private readonly int _givenStride, _generatedStride;

    internal DirectedPair(Bitext bitext, int pair, AlignmentDirection direction)
    {
        var source = bitext.Source(pair);
        var target = bitext.Target(pair);
        _entries = bitext.Entries(pair);
        if (direction == AlignmentDirection.SourceToTarget)
        {
            Given = source.Length;
            Generated = target;
            (_givenStride, _generatedStride) = (target.Length, 1);
        }
        else
        {
            Given = target.Length;
            Generated = source;
            (_givenStride, _generatedStride) = (1, target.Length);
        }
    }

    /// <summary>Number of given terms, l.</summary>
    internal int Given { get; }

    /// <summary>The generated terms, shape [m].</summary>
    internal ReadOnlySpan<int> Generated { get; }

    /// <summary>The entry of a given and a generated position, both from 0.</summary>
    internal int Entry(int given, int generated) => _entries[(given * _givenStride) + (generated * _generatedStride)];
}

/// <summary>A learned model of one direction: the probability of a generated term given a term of the other text or NULL, and where to expect it.</summary>
internal sealed class WordAlignmentModel
{
    /// <summary>Probability of each entry's generated term given its other term, shape [entries].</summary>
    internal required double[] Translation { get; init; }

    /// <summary>Probability of each generated term given NULL, shape [generated terms].</summary>
    internal required double[] NullTranslation { get; init; }

    /// <summary>Which side is generated.</summary>
    internal required AlignmentDirection Direction { get; init; }

    /// <summary>Probability of NULL in the diagonal model; not used while <see cref="Tension"/> is null.</summary>
    internal required double NullProbability { get; init; }

    /// <summary>λ of the diagonal model; null for Model 1, where every position is equally likely, NULL included.</summary>
    internal double? Tension { get; set; }

    /// <summary>Expected counts of each entry in the last iteration, shape [entries].</summary>
    internal double[] Counts { get; set; } = [];

    /// <summary>Log-likelihood of the generated texts at the start of each iteration, natural logarithm.</summary>
    internal List<double> LogLikelihoods { get; } = [];

    /// <summary>Probability of making one generated term from each given position, and from NULL.</summary>
    /// <param name="pair">The pair of texts.</param>
    /// <param name="j">Position of the generated term, from 0.</param>
    /// <param name="joint">Receives P(a_j = i) t(f_j | e_i), shape [l].</param>
    /// <returns>The same for NULL.</returns>
    internal double Joint(DirectedPair pair, int j, Span<double> joint)
    {
        double ofNull;
        if (Tension is { } tension)
        {
            DiagonalPrior.Fill(joint, j + 1, pair.Generated.Length, tension);
            foreach (ref var value in joint) value *= 1 - NullProbability;
            ofNull = NullProbability;
        }
        else
        {
            ofNull = 1.0 / (pair.Given + 1);
            joint.Fill(ofNull);
        }
        for (var i = 0; i < joint.Length; i++) joint[i] *= Translation[pair.Entry(i, j)];
        return ofNull * NullTranslation[pair.Generated[j]];
    }

    /// <summary>The most probable given position of every generated one.</summary>
    /// <param name="pair">The pair of texts.</param>
    /// <param name="best">Receives the position from 0, or -1 for NULL, shape [m]; of equally probable positions the first.</param>
    internal void Align(DirectedPair pair, Span<int> best)
    {
        var joint = new double[pair.Given];
        for (var j = 0; j < best.Length; j++)
        {
            var most = Joint(pair, j, joint);
            best[j] = -1;
            for (var i = 0; i < joint.Length; i++)
            {
                if (joint[i] <= most) continue;
                (most, best[j]) = (joint[i], i);
            }
        }
    }
}
