using System.Text.Json.Nodes;
using Dragoman.Tensors;
using Dragoman.Training.Configuration;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

/// <summary>Losses and lists that several tests share.</summary>
internal static class LossExamples
{
    internal static JsonNode Golden { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Fixture("losses"), "losses.golden.json")))!;

    /// <summary>The section of every reference case: each loss at least once, its options at other values than the defaults too.</summary>
    internal static IEnumerable<string> Names => Golden["cases"]!.AsArray().Select(entry => entry!["loss"]!.GetValue<string>());

    internal static TheoryData<string> Sections => [.. Names];

    internal static IRankingLoss Read(string section)
    {
        var file = ConfigurationFile.Parse($"loss: {{{section}}}", "loss.yaml", ".");
        var loss = RankingLosses.Read(file.Root.Section("loss"), withTeacher: true);
        file.ThrowIfProblems();
        return loss;
    }

    /// <summary>B lists of P random candidates with grades 0..6 (a third of them 0), teacher scores and weights; the first candidate of each list is padding when asked.</summary>
    internal static CandidateLists Random(int seed, int b = 4, int p = 7, bool padded = false)
    {
        var random = new Random(seed);
        var (scores, grades, teacher, mask) = (new double[b * p], new long[b * p], new double[b * p], new bool[b * p]);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Round(2 * random.NextDouble() - 1, 3) + i * 1e-5;            // no two alike, none at a corner of a hinge
            grades[i] = i % p is 1 ? 0 : i % p is 2 ? 3 : Math.Max(0, random.Next(10) - 3);
            teacher[i] = 4 * random.NextDouble() - 2;
            mask[i] = !padded || i % p != 0;
        }
        return new CandidateLists(Tensor.From(scores, b, p))
        {
            Grades = Tensor.From(grades, b, p),
            TeacherScores = Tensor.From(teacher, b, p),
            Mask = padded ? Tensor.From(mask, b, p) : null,
            Weights = Tensor.From(Enumerable.Range(1, b).Select(n => 0.5 * n).ToArray(), b),
        };
    }

    /// <summary>Lists of a positive and a negative.</summary>
    internal static CandidateLists Pairs(Tensor positive, Tensor negative) => new(Tensor.Stack([positive, negative], 1));

    internal static double[] Gradient(IRankingLoss loss, CandidateLists lists)
    {
        var scores = lists.Scores.Detach().Clone().WithGrad();
        loss.Forward(lists with { Scores = scores }).Mean().Backward();
        return scores.Grad!.To(DType.Float64).ToArray<double>();
    }

    internal static double Mean(IRankingLoss loss, CandidateLists lists) => loss.Forward(lists).Mean().Item();
}
