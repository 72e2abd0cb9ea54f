using MathNet.Numerics;

namespace Dragoman.Training.TranslationTables;

/// <summary>
/// Learns a word-alignment model by expectation maximisation, on all cores. Expected counts are summed as whole numbers of 2^-36, whose sum does not depend on the order, so that the result is
/// the same to the last bit however many threads take part.
/// </summary>
internal sealed class WordAlignmentTrainer
{
    private const int PairsPerChunk = 2048;
    private const double CountUnit = 1L << 36;
    private readonly Bitext _bitext;
    private readonly AlignmentDirection _direction;
    private readonly WordAlignmentOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly int[] _givenOfEntry;
    private readonly int _givenTerms, _generatedTerms;
    private readonly long[] _counts, _nullCounts, _positionMass;
    private readonly int _longest;

    internal WordAlignmentTrainer(Bitext bitext, AlignmentDirection direction, WordAlignmentOptions options, int threads, CancellationToken cancellationToken)
    {
        (_bitext, _direction, _options) = (bitext, direction, options);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var forward = direction == AlignmentDirection.SourceToTarget;
        _givenOfEntry = (forward ? bitext.SourceOfEntry : bitext.TargetOfEntry).ToArray();
        (_givenTerms, _generatedTerms) = forward ? (bitext.SourceTerms.Count, bitext.TargetTerms.Count) : (bitext.TargetTerms.Count, bitext.SourceTerms.Count);
        (_counts, _nullCounts) = (new long[bitext.EntryCount], new long[_generatedTerms]);
        _longest = bitext.LongestText;
        _positionMass = new long[checked(_longest * _longest * _longest)];
    }

    /// <summary>Learns the model.</summary>
    /// <param name="report">Told after each iteration: its number from 1 and the log-likelihood a generated term, before it.</param>
    internal WordAlignmentModel Train(Action<int, double> report)
    {
        var model = Uniform();
        long terms = 0;
        for (var pair = 0; pair < _bitext.Count; pair++) terms += new DirectedPair(_bitext, pair, _direction).Generated.Length;
        for (var iteration = 1; iteration <= _options.Model1Iterations + _options.DiagonalIterations; iteration++)
        {
            var diagonal = iteration - _options.Model1Iterations;
            if (diagonal == 1) model.Tension = _options.FirstTension;
            var (logLikelihood, expectedFeature) = Expect(model);
            Maximise(model);
            if (diagonal >= 2) model.Tension = DiagonalPrior.BestTension(expectedFeature, Weights());
            model.LogLikelihoods.Add(logLikelihood);
            report(iteration, logLikelihood / terms);
        }
        return model;
    }

    private WordAlignmentModel Uniform()
    {
        var partners = new int[_givenTerms];
        foreach (var given in _givenOfEntry) partners[given]++;
        var translation = new double[_bitext.EntryCount];
        for (var entry = 0; entry < translation.Length; entry++) translation[entry] = 1.0 / partners[_givenOfEntry[entry]];
        var ofNull = new double[_generatedTerms];
        Array.Fill(ofNull, 1.0 / _generatedTerms);
        return new WordAlignmentModel { Translation = translation, NullTranslation = ofNull, Direction = _direction, NullProbability = _options.NullProbability };
    }

    private (double LogLikelihood, double ExpectedFeature) Expect(WordAlignmentModel model)
    {
        Array.Clear(_counts);
        Array.Clear(_nullCounts);
        Array.Clear(_positionMass);
        var chunks = (_bitext.Count + PairsPerChunk - 1) / PairsPerChunk;
        var sums = new (double LogLikelihood, double Feature)[chunks];
        Parallel.For(0, chunks, _parallel, chunk =>
        {
            var joint = new double[_longest];
            for (var pair = chunk * PairsPerChunk; pair < Math.Min(_bitext.Count, (chunk + 1) * PairsPerChunk); pair++)
            {
                var (logLikelihood, feature) = Expect(model, new DirectedPair(_bitext, pair, _direction), joint);
                sums[chunk].LogLikelihood += logLikelihood;
                sums[chunk].Feature += feature;
            }
        });
        return (sums.Sum(sum => sum.LogLikelihood), sums.Sum(sum => sum.Feature));
    }

    private (double LogLikelihood, double Feature) Expect(WordAlignmentModel model, DirectedPair pair, double[] buffer)
    {
        var joint = buffer.AsSpan(0, pair.Given);
        var (logLikelihood, feature) = (0.0, 0.0);
        for (var j = 0; j < pair.Generated.Length; j++)
        {
            var ofNull = model.Joint(pair, j, joint);
            var sum = ofNull;
            foreach (var value in joint) sum += value;
            logLikelihood += Math.Log(sum);
            Add(ref _nullCounts[pair.Generated[j]], ofNull / sum);
            for (var i = 0; i < joint.Length; i++)
            {
                var posterior = joint[i] / sum;
                Add(ref _counts[pair.Entry(i, j)], posterior);
                if (model.Tension is not null) feature += posterior * DiagonalPrior.Feature(i + 1, pair.Given, j + 1, pair.Generated.Length);
            }
            if (model.Tension is not null) Add(ref _positionMass[PositionIndex(pair.Given, pair.Generated.Length, j)], 1 - (ofNull / sum));
        }
        return (logLikelihood, feature);
    }

    private static void Add(ref long count, double share)
    {
        var units = (long)Math.Round(share * CountUnit);
        if (units > 0) Interlocked.Add(ref count, units);
    }

    private void Maximise(WordAlignmentModel model)
    {
        var alpha = _options.Concentration;
        var (totals, partners) = (new double[_givenTerms], new int[_givenTerms]);
        var counts = new double[_counts.Length];
        for (var entry = 0; entry < counts.Length; entry++)
        {
            counts[entry] = _counts[entry] / CountUnit;
            totals[_givenOfEntry[entry]] += counts[entry];
            partners[_givenOfEntry[entry]]++;
        }
        for (var entry = 0; entry < counts.Length; entry++)
        {
            var given = _givenOfEntry[entry];
            model.Translation[entry] = Share(counts[entry], totals[given], partners[given], alpha);
        }
        var nullTotal = _nullCounts.Sum(count => count / CountUnit);
        for (var term = 0; term < _generatedTerms; term++) model.NullTranslation[term] = Share(_nullCounts[term] / CountUnit, nullTotal, _generatedTerms, alpha);
        model.Counts = counts;
    }

    /// <summary>c / Σc, or with a Dirichlet prior e^ψ(c + α) / e^ψ(Σ(c + α)), which takes mass from rare translations (fast_align's variational M-step).</summary>
    private static double Share(double count, double total, int partners, double alpha) =>
        alpha > 0 ? Math.Exp(SpecialFunctions.DiGamma(count + alpha) - SpecialFunctions.DiGamma(total + (alpha * partners)))
        : total > 0 ? count / total : 0;

    private int PositionIndex(int given, int generated, int j) => ((((given - 1) * _longest) + generated - 1) * _longest) + j;

    private List<PositionWeights> Weights()
    {
        var weights = new List<PositionWeights>();
        for (var given = 1; given <= _longest; given++)
        {
            for (var generated = 1; generated <= _longest; generated++)
            {
                var mass = _positionMass.AsSpan(PositionIndex(given, generated, 0), generated);
                if (!mass.ContainsAnyExcept(0)) continue;
                var byPosition = new double[generated];
                for (var j = 0; j < generated; j++) byPosition[j] = mass[j] / CountUnit;
                weights.Add(new PositionWeights(given, generated, byPosition));
            }
        }
        return weights;
    }
}
