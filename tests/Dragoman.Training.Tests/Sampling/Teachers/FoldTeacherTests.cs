using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

/// <summary>Folds with models that remember which queries they were trained on and were asked for.</summary>
public sealed class FoldTeacherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void Probabilities_AnyNumberOfFolds_NoQueryIsScoredByAModelThatSawItOrItsTopic(int folds)
    {
        using var world = new World(folds);
        using var teacher = world.Open();
        var pairs = world.Pairs();
        var probabilities = teacher.Probabilities(pairs, Token);
        world.Trained.Count.ShouldBe(folds);
        world.Asked.Sum(asked => asked.Pairs.Count).ShouldBe(pairs.Length);
        foreach (var (model, asked) in world.Asked)
        {
            var seen = world.Trained[model];
            asked.ShouldAllBe(pair => !seen.Contains(pair.Query.Id));
            asked.ShouldAllBe(pair => !seen.Contains(World.Twin(pair.Query.Id)));
            seen.Count.ShouldBeGreaterThan(0);
        }
        world.Trained.Values.SelectMany(seen => seen).Distinct().Count().ShouldBe(24);            // each query is trained on somewhere
        for (var at = 0; at < pairs.Length; at++) probabilities[at].ShouldBe(RelevanceCalibration.Sigmoid(World.ScoreOf(pairs[at].Query, pairs[at].Passage)));
    }

    [Fact]
    public void Probabilities_ModelTrainedOnItsFold_WouldBeSeenByTheSameTest()
    {
        // The control: with one query's fold changed after training, a model is asked for what it was trained on.
        using var world = new World(3);
        using var teacher = world.Open(trainedPlan: world.OtherPlan);
        teacher.Probabilities(world.Pairs(), Token);
        world.Asked.Any(asked => asked.Pairs.Any(pair => world.Trained[asked.Model].Contains(pair.Query.Id))).ShouldBeTrue();
    }

    [Fact]
    public void Probabilities_AskedAgain_ScoresNothingAndOneModelIsThereAtATime()
    {
        using var world = new World(3);
        using var teacher = world.Open();
        var pairs = world.Pairs();
        var first = teacher.Probabilities(pairs[..20], Token);
        world.Asked.Count.ShouldBe(3);
        teacher.Scored.ShouldBe(20);
        teacher.Probabilities([.. pairs[..20], .. pairs[..3]], Token).ShouldBe([.. first, .. first[..3]]);
        world.Asked.Count.ShouldBe(3);
        teacher.Probabilities([pairs[30], pairs[30]], Token);
        (world.Asked.Count, world.Asked[^1].Pairs.Count, teacher.Scored).ShouldBe((4, 1, 21));
        world.MostOpen.ShouldBe(1);
        Should.Throw<DragomanException>(() => teacher.Probabilities([(new Query("q99", "", "en"), pairs[0].Passage)], Token)).Message.ShouldStartWith("Query q99 is not in the plan");
    }

    [Fact]
    public void Open_AgainAfterAKill_TrainsAndScoresOnlyWhatIsMissing()
    {
        using var world = new World(3);
        var pairs = world.Pairs();
        double[] expected;
        using (var teacher = world.Open()) expected = teacher.Probabilities(pairs, Token);
        Directory.Delete(world.ModelOf(2), recursive: true);                              // as if it had been killed in the third
        File.AppendAllText(world.ScoresPath, "q01\tp0");                                  // and while it wrote
        world.Trained.Clear();
        world.Asked.Clear();
        using var again = world.Open();
        again.Probabilities(pairs, Token).ShouldBe(expected);
        world.Trained.Keys.ShouldBe([world.ModelOf(2)]);
        world.Asked.ShouldBeEmpty();
        again.Record()["folds"]!.AsArray().Count.ShouldBe(3);
        again.Record()["pairs"]!.GetValue<int>().ShouldBe(pairs.Length);
    }

    [Fact]
    public void Open_AnotherConfiguration_IsRefused()
    {
        using var world = new World(2);
        world.Open().Dispose();
        Should.Throw<DragomanException>(() => world.Open(fingerprint: "another")).Message.ShouldBe($"The fold's model {world.ModelOf(0)} was trained with another configuration or other data; train without --resume to begin anew.");
    }

    [Fact]
    public void Open_KeptByAnotherRun_TakesItsModelsAndScoresForItself()
    {
        using var world = new World(3);
        var pairs = world.Pairs();
        double[] expected;
        using (var teacher = world.Open(keep: world.Kept)) expected = teacher.Probabilities(pairs, Token);
        world.Trained.Keys.ShouldBe(Enumerable.Range(1, 3).Select(fold => Path.Combine(world.Kept, "the same", FormattableString.Invariant($"{fold}.model"))), ignoreOrder: true);
        world.Trained.Clear();
        using (var teacher = world.Open(keep: world.Kept, run: "other")) teacher.Probabilities(pairs, Token).ShouldBe(expected);
        world.Trained.ShouldBeEmpty();
        world.Asked.Sum(asked => asked.Pairs.Count).ShouldBe(2 * pairs.Length);
        world.Open("another", keep: world.Kept, run: "third").Dispose();
        world.Trained.Count.ShouldBe(3);                                                  // other models, beside
    }

    [Fact]
    public void Open_AnotherRunTrainsThem_WaitsForIt()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var world = new World(3, new TeacherRun.StoppingWriter(stop, "Another run trains the models of the folds in "));
        var path = Path.Combine(world.Kept, "the same", ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Should.Throw<OperationCanceledException>(() => world.Open(keep: world.Kept, token: stop.Token));
            world.Trained.ShouldBeEmpty();
        }
        world.Open(keep: world.Kept).Dispose();
        world.Trained.Count.ShouldBe(3);
    }

    [Fact]
    public void Open_MoreFoldsThanTopics_IsRefusedInASentence()
    {
        using var world = new World(2);
        Should.Throw<DragomanException>(() => world.PlanOf(13)).Message.ShouldBe("12 queries or groups of them cannot be cut into 13 folds; use fewer folds.");
    }

    [Fact]
    public void FitOf_FewerEpochs_KeepsTheShareOfTheWarmUpAndHasNoMean()
    {
        var fit = new FitSettings { Epochs = 8, WarmupEpochs = 2, Average = 0.99, Patience = 2 };
        FoldTraining.FitOf(fit, 2).ShouldBe(fit with { Epochs = 2, WarmupEpochs = 0.5, Average = 0 });
        FoldTraining.FitOf(new FitSettings { Warmup = 0.3 }, 1).WarmupEpochs.ShouldBeNull();
    }

    /// <summary>24 queries, which are 12 topics in two languages, each with a passage; and what fold models did.</summary>
    private sealed class World : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, Query> _queries;
        private readonly PassageCatalogue _passages;
        private readonly GroupSampler _sampler;
        private readonly TrainingLog _log;
        private readonly FoldPlan _plan;
        private int _open;

        internal World(int folds, TextWriter? console = null)
        {
            _log = new TrainingLog(console ?? TextWriter.Null, null, TimeProvider.System);
            _queries = Enumerable.Range(0, 24).Select(number => new Query($"{(number < 12 ? "en" : "kk")}-q{number % 12:00}", $"query {number}", number < 12 ? "en" : "kk")).ToDictionary(query => query.Id);
            _passages = new PassageCatalogue([.. Enumerable.Range(0, 24).Select(number => new Passage($"p{number:00}", "", $"text {number}", "en"))]);
            var qrels = new QrelsBuilder();
            foreach (var (query, place) in _queries.Keys.Select((id, place) => (id, place))) qrels.Add(query, $"p{place:00}", 1);
            _sampler = new GroupSampler(_queries, _passages.Entries, qrels.Build(), null, new GroupOptions { Seed = 1 });
            _plan = PlanOf(folds);
        }

        internal Dictionary<string, HashSet<string>> Trained { get; } = [];

        internal List<(string Model, IReadOnlyList<(Query Query, Passage Passage)> Pairs)> Asked { get; } = [];

        internal int MostOpen { get; private set; }

        internal FoldPlan OtherPlan => new(_queries.Keys, _plan.Count, 77);

        internal string Kept => _folder["kept"];

        internal string ScoresPath => _folder["model.checkpoint/folds/scores.tsv"];

        internal static string Twin(string id) => (id.StartsWith("en", StringComparison.Ordinal) ? "kk" : "en") + id[2..];

        internal static float ScoreOf(Query query, Passage passage) => (query.Id[^1] - '0') - (passage.Id[^1] - '0') / 7f;

        internal string ModelOf(int fold) => _folder[$"model.checkpoint/folds/{fold + 1}.model"];

        internal FoldPlan PlanOf(int folds)
        {
            var topics = new QueryTopics(_queries.Values);
            return new FoldPlan(_queries.Keys, folds, 1, query => topics[query]);
        }

        internal (Query Query, Passage Passage)[] Pairs()
        {
            var texts = _passages.Texts(_passages.Entries.Keys);
            return [.. _queries.Values.SelectMany(query => texts.Values.OrderBy(passage => passage.Id, StringComparer.Ordinal).Take(3).Select(passage => (query, passage)))];
        }

        internal FoldTeacher Open(string fingerprint = "the same", FoldPlan? trainedPlan = null, string? keep = null, string run = "model", CancellationToken? token = null)
        {
            var context = new TrainingContext(_folder[run], 1, true, _log, TimeProvider.System);
            using var groups = new PlainGroups(_sampler, _passages, () => null, _ => { });
            var training = new FoldTraining(new FoldTrainingSettings { Plan = trainedPlan ?? _plan, Start = folder => new RememberingTrainee(this, folder), Groups = groups, Fit = new FitSettings(), Epochs = 2, Fingerprint = fingerprint, Keep = keep }, context);
            return new FoldTeacher(_plan, training.Run(token ?? Token)!, path => new RememberingScorer(this, path), new KeptScores(Path.Combine(training.FolderPath, "scores.tsv")));
        }

        public void Dispose()
        {
            _log.Dispose();
            _folder.Dispose();
        }

        private sealed class RememberingTrainee(World world, string folder) : ITrainee
        {
            public IPairScorer Scorer => throw new InvalidOperationException();

            public FitProgress Fit(TraineeFit fit, TrainingContext context, CancellationToken cancellationToken)
            {
                var seen = new HashSet<string>();
                for (var epoch = 1; epoch <= fit.Settings.Epochs; epoch++)
                {
                    var groups = fit.Groups(epoch);
                    groups.Count.ShouldBe(fit.Count);
                    groups.ShouldAllBe(group => group.Positive.Text.Length > 0);
                    seen.UnionWith(groups.Select(group => group.Query.Id));
                }
                fit.Dev.ShouldBeNull();
                world.Trained.Add(string.Join('.', folder.Split('.')[..^2]), seen);          // without the process and .tmp
                return new FitProgress { Epoch = fit.Settings.Epochs, Step = 1, History = [new JsonObject { ["loss"] = 0.5 }] };
            }

            public void Save() => File.WriteAllText(Path.Combine(folder, "saved"), "");

            public void Dispose()
            {
            }
        }

        private sealed class RememberingScorer : IPairScorer
        {
            private readonly World _world;
            private readonly string _path;

            internal RememberingScorer(World world, string path)
            {
                (_world, _path) = (world, path);
                File.Exists(Path.Combine(path, "saved")).ShouldBeTrue();
                world.MostOpen = Math.Max(world.MostOpen, ++world._open);
            }

            public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
            {
                _world.Asked.Add((_path, pairs));
                return [.. pairs.Select(pair => ScoreOf(pair.Query, pair.Passage))];
            }

            public void Dispose() => _world._open--;
        }
    }
}
