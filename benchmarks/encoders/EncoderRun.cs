using System.Diagnostics;
using System.Globalization;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;

namespace Dragoman.Benchmarks.Encoders;

/// <summary>Reranks and trains with a cross-encoder of random weights.</summary>
internal sealed class EncoderRun(int layers, int width, int vocabulary)
{
    private const int PairsAStep = 32, PairsALossStep = 4, Seed = 1;
    private const double LearningRate = 1e-5;

    private string Size => string.Create(CultureInfo.InvariantCulture, $"{layers}x{width}");

    /// <summary>Scores pairs, after a few to warm up.</summary>
    /// <param name="lengths">Their lengths in tokens.</param>
    /// <param name="precision">The type of large products.</param>
    /// <param name="maxBatchTokens">Most tokens of a batch.</param>
    internal void Rerank(int[] lengths, Precision precision, int maxBatchTokens)
    {
        using var encoder = new CrossEncoder(Model(), new CrossEncoderOptions { Precision = precision, MaxBatchTokens = maxBatchTokens });
        var random = new Random(Seed);
        var pairs = lengths.Select(length => PairLengths.Draw(length, vocabulary, random)).ToArray();
        encoder.Score(pairs[..Math.Min(pairs.Length, PairsAStep)]);
        var start = Stopwatch.GetTimestamp();
        encoder.Score(pairs);
        Report($"rerank {Name(precision)}", pairs.Length, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Encodes texts into vectors, mean over tokens, after a few to warm up; in windows as <c>dragoman encode</c> does.</summary>
    /// <param name="lengths">Their lengths in tokens.</param>
    /// <param name="precision">The type of large products.</param>
    /// <param name="sideBySide">Batches at the same time, each by one thread; null for one after the other, each by all threads.</param>
    /// <param name="texts">Texts of a window.</param>
    internal void Encode(int[] lengths, Precision precision, int? sideBySide, int texts)
    {
        using var model = Model();
        var random = new Random(Seed);
        var sequences = lengths.Select(length => PairLengths.Draw(length, vocabulary, random)).ToArray();
        var vectors = new float[sequences.Length * width];
        var options = new SequenceVectorsOptions { Precision = precision, BatchThreads = sideBySide };
        SequenceVectors.Encode(model.Encoder, sequences[..Math.Min(sequences.Length, PairsAStep)], vectors, options);
        var start = Stopwatch.GetTimestamp();
        var done = 0;
        foreach (var window in sequences.Chunk(texts))
        {
            SequenceVectors.Encode(model.Encoder, window, vectors.AsSpan(done * width), options);
            done += window.Length;
        }
        Report($"encode {Name(precision)} {(sideBySide is null ? "together" : "side by side")}, windows of {texts}", sequences.Length, Stopwatch.GetElapsedTime(start));
        new Measured(Size, "encode").Note("fingerprint of the bits", (uint)vectors.Aggregate(17u, (mixed, value) => mixed * 31 + BitConverter.SingleToUInt32Bits(value)));
    }

    /// <summary>Scores pairs in float32 and in bfloat16 and compares.</summary>
    /// <param name="lengths">Their lengths in tokens.</param>
    internal void Agree(int[] lengths)
    {
        using var model = Model();
        var random = new Random(Seed);
        var pairs = lengths.Select(length => PairLengths.Draw(length, vocabulary, random)).ToArray();
        float[] Scores(Precision precision) => new CrossEncoder(model, new CrossEncoderOptions { Precision = precision }).Score(pairs);
        var (exact, rounded) = (Scores(Precision.Float32), Scores(Precision.BFloat16));
        var mean = exact.Average();
        var measured = new Measured(Size, "bfloat16 against float32");
        measured.Note("standard deviation of scores", Math.Sqrt(exact.Average(score => (score - mean) * (score - mean))));
        measured.Note("root mean square difference", Math.Sqrt(exact.Zip(rounded, (one, other) => (one - other) * (one - other)).Average()));
        var (places, roundedPlaces) = (Ranks(exact), Ranks(rounded));
        var squares = places.Zip(roundedPlaces, (one, other) => Math.Pow(one - other, 2)).Sum();
        measured.Note("rank correlation (Spearman)", 1 - 6 * squares / (pairs.Length * (Math.Pow(pairs.Length, 2) - 1)));
        measured.Note("of the best 100, best 100 in bfloat16", places.Zip(roundedPlaces, (one, other) => one < 100 && other < 100 ? 1 : 0).Sum());
    }

    private static int[] Ranks(float[] scores)
    {
        var ranks = new int[scores.Length];
        foreach (var (rank, place) in Enumerable.Range(0, scores.Length).OrderByDescending(place => scores[place]).Index()) ranks[place] = rank;
        return ranks;
    }

    /// <summary>Takes steps of 32 pairs (16 lists of a positive and a negative) with the loss 1 − softmax of the positive, after one to warm up.</summary>
    /// <param name="lengths">Lengths of the pairs in tokens.</param>
    /// <param name="precision">The type of large products.</param>
    /// <param name="sorted">Whether the batches are of like length, the shortest first, as the peer's sorted ones, or in the order of <paramref name="lengths"/>.</param>
    /// <param name="steps">How many to take.</param>
    internal void Train(int[] lengths, Precision precision, bool sorted, int steps)
    {
        using var model = Model();
        model.Train();
        using var optimiser = Optimiser(model, LearningRate);
        var random = new Random(Seed);
        var batches = (sorted ? lengths.Order() : lengths.AsEnumerable()).Chunk(PairsAStep).Where(batch => batch.Length == PairsAStep).Take(steps + 1)
            .Select(batch => batch.Select(length => PairLengths.Draw(length, vocabulary, random)).ToArray()).ToArray();
        Step(model, optimiser, batches[0], precision);
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in batches[1..]) Step(model, optimiser, batch, precision);
        Report($"train {Name(precision)} {(sorted ? "sorted" : "arrival")}", (batches.Length - 1) * PairsAStep, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Writes first weights and batches of 4 pairs to a folder, trains on them in float32, and writes the loss of every step, for another program to do the same.</summary>
    /// <param name="lengths">Lengths of the pairs in tokens.</param>
    /// <param name="steps">How many to take.</param>
    /// <param name="folder">Where <c>model.safetensors</c>, <c>batches.json</c> and <c>losses.tsv</c> go.</param>
    internal void LossCurve(int[] lengths, int steps, string folder)
    {
        const double rate = 1e-4;
        Directory.CreateDirectory(folder);
        using var model = Model();
        ModuleWeights.Save(model, Path.Combine(folder, "model.safetensors"));
        var random = new Random(Seed);
        var batches = lengths.Take(PairsALossStep * steps).Select(length => PairLengths.Draw(length, vocabulary, random)).Chunk(PairsALossStep).ToArray();
        File.WriteAllText(Path.Combine(folder, "batches.json"), System.Text.Json.JsonSerializer.Serialize(new
        {
            heads = model.Encoder.Config.Heads,
            rate,
            batches = batches.Select(batch => batch.Select(pair => new { ids = pair.Ids, types = pair.TypeIds })),
        }));
        model.Train();
        using var optimiser = Optimiser(model, rate);
        var losses = batches.Select(batch => Step(model, optimiser, batch, Precision.Float32)).ToArray();
        File.WriteAllLines(Path.Combine(folder, "losses.tsv"), losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)));
    }

    private SequenceClassifier Model()
    {
        Torch.ManualSeed(Seed);
        var config = new EncoderConfig
        {
            VocabularySize = vocabulary,
            HiddenSize = width,
            Layers = layers,
            Heads = 12,
            IntermediateSize = 4 * width,
            HiddenDropout = 0,
            AttentionDropout = 0,
        };
        var model = new SequenceClassifier(config);
        EncoderInitialiser.Initialise(model, config);
        return model;
    }

    private static AdamW Optimiser(SequenceClassifier model, double rate) => new([new ParameterGroup(model.Parameters, rate, 0.01)]);

    private static double Step(SequenceClassifier model, AdamW optimiser, TokenSequence[] pairs, Precision precision)
    {
        using var scope = TensorScope.Begin();
        using var batch = TokenBatch.Pad(pairs, model.Encoder.Config.PadTokenId);
        Tensor scores;
        using (PrecisionChoice.Begin(precision, DeviceKind.Cpu)) scores = model.Forward(batch);                                                  // [N]
        var loss = (1.0 - scores.View(-1, 2).Softmax(1).Select(1, 0)).Mean();
        optimiser.ZeroGrad();
        loss.Backward();
        optimiser.Step();
        return loss.Item();
    }

    private static string Name(Precision precision) => PrecisionChoice.Resolve(precision, DeviceKind.Cpu) == Precision.BFloat16 ? "bfloat16" : "float32";

    private void Report(string setting, int pairs, TimeSpan elapsed)
    {
        var measured = new Measured(Size, setting);
        measured.Note("pairs", pairs);
        measured.Note("pairs a second", pairs / elapsed.TotalSeconds);
        measured.NotePeakMemory();
    }
}
