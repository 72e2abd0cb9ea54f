using Dragoman.Collections;
using Dragoman.Tensors;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class AveragedTeacherTests : RequiresTorch
{
    private static readonly TeacherSettings Ema = new() { Kind = TeacherKind.Average };
    private static readonly FitSettings Fit = TeacherRun.Fit with { Epochs = 3, Average = 0.5, CheckpointSteps = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a run with a teacher that is asked at every epoch's beginning gives.</summary>
    private sealed record Outcome(List<double[]> Answers, List<float[]> Scores, float[][] Last, string Said);

    private static float[][] Weights(BiEncoderTrainee trainee) => [.. trainee.Model.Parameters.Select(parameter => parameter.Value.ToArray<float>())];

    /// <summary>Trains, asking the teacher at each epoch's beginning unless the answer of that epoch is kept, as a file of groups keeps it.</summary>
    private static Outcome Run(TemporaryFolder folder, string output, Dictionary<int, double[]>? kept = null, bool resume = false, Action<int, BiEncoderTrainee>? look = null, TextWriter? console = null, CancellationToken? token = null)
    {
        var settings = TeacherRun.Bi(folder["words"], Ema, Fit);
        console ??= new StringWriter();
        using var log = new TrainingLog(console, null, TimeProvider.System) { ConsoleInterval = TimeSpan.Zero };
        var context = TeacherRun.Context(folder, output, log, resume);
        using var trainee = TeacherRun.Start(settings, folder[output + ".start"]);
        var weights = new TrainingWeights();
        var sources = TeacherRun.Sources(settings, trainee, weights, context);
        var collection = Collection.Open(folder["words"]);
        var (queries, texts) = (collection.ReadQueries().ToDictionary(query => query.Id), collection.ReadPassages().ToDictionary(passage => passage.Id));
        var pairs = sources.Sampler.Sources.Select(source => (queries[source.Query.Id], texts[source.Positive.Id])).ToList();
        using var teacher = RelevanceTeachers.Open(Ema, sources, Token)!;
        var (answers, scores) = (new List<double[]>(), new List<float[]>());
        kept ??= [];
        trainee.Fit(new TraineeFit
        {
            Count = sources.Sampler.Count,
            Groups = epoch =>
            {
                look?.Invoke(epoch, trainee);
                if (!kept.TryGetValue(epoch, out var answer))
                {
                    var before = Weights(trainee);
                    kept[epoch] = answer = teacher.Probabilities(pairs, Token);
                    Weights(trainee).ShouldBe(before);                              // swapped back to the last bit
                    scores.Add(trainee.Scorer.Score(pairs, Token));
                }
                answers.Add(answer);
                // What is trained on depends on the answer, as with sampling.
                var groups = sources.Passages.WithTexts(sources.Sampler.Draw(epoch));
                return [.. groups.OrderBy(group => answer[pairs.FindIndex(pair => pair.Item1.Id == group.Query.Id)])];
            },
            Settings = Fit,
            Checkpoint = new FitCheckpoint(context.CheckpointPath, "", 1),
            Weights = weights,
        }, context, token ?? Token);
        weights.Average.ShouldBeNull();
        teacher.Scored.ShouldBe(pairs.Count * scores.Count);
        return new Outcome(answers, scores, Weights(trainee), console.ToString()!);
    }

    [Fact]
    public void Probabilities_AtEveryEpoch_AreThoseOfTheMeanOfTheWeights()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.WriteWords(folder, 40);
        var run = Run(folder, "model");
        // The same again by hand: a mean that is kept aside from a model trained without one, put into a third model that scores.
        var byHand = ByHand(folder);
        run.Answers.Count.ShouldBe(3);
        for (var epoch = 0; epoch < 3; epoch++) run.Answers[epoch].ShouldBe(byHand[epoch], 1e-6);
        run.Answers[2].ShouldNotBe(run.Answers[1]);
        run.Said.ShouldContain("warning: before the first step the running mean of the weights is the model that training starts with");
        run.Said.Split("The teacher (ema) is calibrated on").Length.ShouldBe(4);             // once an epoch
    }

    [Theory]
    [InlineData("step 5/")]                                  // within the second epoch
    [InlineData("step 4/")]                                  // after the last step of the first, before its checkpoint
    [InlineData("Epoch 2:")]                                 // before the second's
    public void Run_StoppedAndResumed_AnswersAndWeightsAreTheSame(string stopAt)
    {
        using var folder = new TemporaryFolder();
        TinyCollection.WriteWords(folder, 40);
        var whole = Run(folder, "whole");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var kept = new Dictionary<int, double[]>();
        Should.Throw<OperationCanceledException>(() => Run(folder, "parts", kept, console: new TeacherRun.StoppingWriter(stop, "", stopAt), token: stop.Token));
        var resumed = Run(folder, "parts", kept, resume: true);
        resumed.Said.ShouldContain("Going on after");
        kept.OrderBy(entry => entry.Key).Select(entry => entry.Value).ShouldBe(whole.Answers);
        resumed.Last.ShouldBe(whole.Last);
    }

    /// <summary>The teacher's answers computed with means that are updated here, and calibrated in the same way.</summary>
    private static List<double[]> ByHand(TemporaryFolder folder)
    {
        var settings = TeacherRun.Bi(folder["words"], null, Fit);
        var answers = new List<double[]>();
        double[][]? means = null;
        float[][] seen = [];
        var collection = Collection.Open(folder["words"]);
        using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
        var states = States(folder, settings);
        for (var step = 0; step < states.Count; step++)
        {
            seen = states[step];
            if (step == 0) means = [.. seen.Select(tensor => tensor.Select(value => (double)value).ToArray())];
            else
            {
                var decay = Math.Min(Fit.Average, (1.0 + step) / (10.0 + step));
                for (var tensor = 0; tensor < seen.Length; tensor++)
                    for (var at = 0; at < seen[tensor].Length; at++) means![tensor][at] = decay * means[tensor][at] + (1 - decay) * seen[tensor][at];
            }
            if (step % 4 != 0 || step == 12) continue;
            using var model = TeacherRun.Start(settings, folder["by-hand"]);
            using (NoGrad.Begin())
            {
                foreach (var (parameter, mean) in model.Model.Parameters.Zip(means!)) parameter.Value.CopyInPlace(Tensor.From(mean.Select(value => (float)value).ToArray(), [.. parameter.Value.Shape]));
            }
            var context = TeacherRun.Context(folder, "by-hand-run", log);
            var sources = TeacherRun.Sources(settings, model, new TrainingWeights(), context);
            using var teacher = RelevanceTeachers.Open(new TeacherSettings { Kind = TeacherKind.Self }, sources, Token)!;
            var (queries, texts) = (collection.ReadQueries().ToDictionary(query => query.Id), collection.ReadPassages().ToDictionary(passage => passage.Id));
            answers.Add(teacher.Probabilities([.. sources.Sampler.Sources.Select(source => (queries[source.Query.Id], texts[source.Positive.Id]))], Token));
        }
        return answers;
    }

    /// <summary>The weights before the first step and after each, of the run whose groups are ordered by the teacher's answers.</summary>
    private static List<float[][]> States(TemporaryFolder folder, BiEncoderSettings settings)
    {
        var states = new List<float[][]>();
        using (var start = TeacherRun.Start(settings, folder["states.start"])) states.Add(Weights(start));
        BiEncoderTrainee? model = null;
        using var console = new Watcher(text =>
        {
            if (text.StartsWith("step ", StringComparison.Ordinal)) states.Add(Weights(model!));
        });
        Run(folder, "states", look: (_, trainee) => model = trainee, console: console);
        states.Count.ShouldBe(13);
        return states;
    }

    private sealed class Watcher(Action<string> said) : StringWriter
    {
        public override void WriteLine(string? value) => said(value ?? "");
    }
}
