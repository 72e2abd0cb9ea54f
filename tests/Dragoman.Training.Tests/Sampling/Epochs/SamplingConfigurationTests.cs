using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Sampling.Epochs;

public sealed class SamplingConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Problems(string sampling, string task = "cross-encoder", string negatives = "{count: 2, run: collection.run}", string data = "{collection: collection}", int epochs = 3)
    {
        TinyCollection.Write(_folder);
        var path = _folder.Write("run.yaml", $$"""
            task: {{task}}
            encoder: {from: {{TestPaths.Fixture("bert-tiny")}}, max_length: 32}
            data: {{data}}
            negatives: {{negatives}}
            training: {epochs: {{epochs}}}
            {{sampling}}
            """);
        try
        {
            TrainingTasks.Open(path);
            return [];
        }
        catch (ConfigurationException found)
        {
            return found.Problems;
        }
    }

    [Fact]
    public void Open_EveryPart_IsRead() => Problems("""
        sampling:
          seed: 3
          warm_up: 1
          scores: model
          depth: 30
          temperature: 2
          defence: 0.2
          teacher: {from: collection.run, calibrate: false}
          examples: {scheme: agreement, detector: probability, noise_rate: 0.3, gamma: 2, least: 0.1}
          positives: {scheme: quasi-rejection, count: 2, target: tilted, beta: 0.5, reward: mixed, share: 0.3, best_grade: 3, bound: quantile, alpha: 0.1}
          negatives: {rule: positive-aware, margin: 0.1, draw: stream, depth: 40}
        """).ShouldBeEmpty();

    [Fact]
    public void Open_ManyMistakes_AllAreToldWithTheirLines() => Problems("""
        sampling:
          warm_up: 3
          scores: runs
          temperature: 0
          depht: 4
          examples:
            scheme: seed-literal
            noise_rate: 0.2
            mode: weigh
            budget: examples
          positives:
            scheme: rso
            target: graded
            thresholds: [0.5]
            share: 0.3
          negatives:
            rule: calibrated
            max_share: 0.9
        """).Select(problem => problem.Split(" Known")[0]).ShouldBe(
        [
            "line 7: sampling.warm_up is 3, and training.epochs 3, so that nothing is ever drawn; use less.",
            "line 8: sampling.scores is 'runs'; use model or run. Did you mean run?",
            "line 9: sampling.temperature is '0'; use a number, 1E-06 or more.",
            "line 10: sampling.depht is not a key used here.",
            "line 13: sampling.examples.noise_rate belongs to detector probability of scheme agreement; leave it out.",
            "line 15: sampling.examples.budget belongs to sampling.examples.mode sample; leave it out.",
            "line 18: sampling.positives.target is not used by sampling.positives.scheme rso; leave it out.",
            "line 19: sampling.positives.thresholds is not used by sampling.positives.scheme rso; leave it out.",
            "line 20: sampling.positives.share belongs to sampling.positives.reward mixed; leave it out.",
            "line 23: sampling.negatives.max_share belongs to rule positive-aware; leave it out.",
            "line 6: sampling.teacher is missing; sampling.negatives asks how probable relevance is.",
        ], ignoreOrder: true);

    [Theory]
    [InlineData("sampling: {}", "sampling says nothing; give sampling.examples, sampling.positives or sampling.negatives, or leave it out.")]
    [InlineData("sampling:", "sampling says nothing; give")]
    [InlineData("sampling: {warm_up: 0}", "sampling says nothing; give")]
    [InlineData("sampling: {examples: {rate: 0.5}}", "sampling.examples.scheme is missing; use agreement, or one of the controls")]
    [InlineData("sampling: {examples: {scheme: random, mode: weigh}}", "sampling.examples.mode is weigh, which means nothing for random; use sample.")]
    [InlineData("sampling: {examples: {scheme: random}, depth: 5}", "sampling.depth is that of a query's candidates, at which neither")]
    [InlineData("sampling: {examples: {scheme: hardest}, scores: run}", "sampling.scores is run, but sampling.examples looks at the losses of pairs")]
    [InlineData("sampling: {examples: {scheme: random}, teacher: {from: collection.run, calibrate: false}}", "sampling.teacher is given, and nothing asks it; leave it out.")]
    [InlineData("sampling: {examples: {scheme: agreement}, positives: {scheme: rejection}, warm_up: 0}", "")]
    [InlineData("sampling: {examples: {scheme: agreement, mode: sample}, positives: {scheme: rejection}}", "sampling.examples.mode has no place beside sampling.positives, whose target takes the agreement in; leave it out.")]
    [InlineData("sampling: {positives: {scheme: importance, count: 1}}", "sampling.positives.count is 1, but importance weighs a query's proposals against each other; use 2 or more.")]
    [InlineData("sampling: {positives: {scheme: rejection, bound: quantile}}", "sampling.positives.bound is 'quantile'; for rejection use exact, running or a number above 0.")]
    [InlineData("sampling: {positives: {scheme: rest, thresholds: [0.7, 0.5]}}", "sampling.positives.thresholds must be one or more numbers, none below the one before.")]
    [InlineData("sampling: {positives: {scheme: rso, gap: 0.3}, negatives: {rule: ance}}", "sampling.positives.gap chooses negatives of an accepted passage, as sampling.negatives does; leave one out.")]
    [InlineData("sampling: {negatives: {rule: ance}, teacher: {}}", "sampling.teacher.from is missing; name a model folder or a run")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: nobody, calibrate: false}}", "sampling.teacher.from is 'nobody', but ")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: self, folds: 3, calibrate: false}}", "sampling.teacher.folds belongs to sampling.teacher.from folds; leave it out.")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: self, keep: folds}}", "sampling.teacher.keep belongs to sampling.teacher.from folds; leave it out.")]
    [InlineData("sampling: {preset: agreement, teacher: {keep: folds}}", "")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: ., calibrate: false}}", "line 6: sampling.teacher.from is ")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: ., calibrate: false}}", ", a folder without a model (a config.json of a static, bert or xlm-roberta encoder); name the folder of a bi-encoder or cross-encoder, or a run.")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: '', calibrate: false}}", "sampling.teacher.from is ")]
    [InlineData("sampling: {negatives: {rule: ance, positives: 1}}", "sampling.negatives.positives belongs to rule rocketqa; leave it out.")]
    [InlineData("sampling: {negatives: {rule: rocketqa, positives: 1, draw: stream}, teacher: {from: self}}", "sampling.negatives.positives needs sampling.negatives.draw top-k, as the teacher must have seen all candidates; use it, or leave one out.")]
    [InlineData("sampling: {negatives: {rule: rocketqa, positives: 1}, positives: {scheme: rejection}, teacher: {from: self}}", "sampling.negatives.positives makes positives beside the judged one, and sampling.positives draws them; leave one out.")]
    [InlineData("sampling: {negatives: {rule: rocketqa, positives: 2}, teacher: {from: collection.run, calibrate: offset}}", "")]
    [InlineData("sampling: {negatives: {rule: gist}, teacher: {from: self, calibrate: maybe}}", "sampling.teacher.calibrate is 'maybe'; use true, false or offset.")]
    [InlineData("sampling: {preset: agreemnt}", "line 6: sampling.preset is 'agreemnt'; use agreement, false-negatives, on-policy or seed-literal. Did you mean agreement?")]
    [InlineData("sampling: {positives: {scheme: rejection}, preset: agreement}", "line 6: sampling.examples.mode has no place beside sampling.positives, whose target takes the agreement in; leave it out. It comes with sampling.preset agreement; null in its place takes it away.")]
    [InlineData("sampling: {positives: {scheme: rejection}, preset: agreement, examples: {mode: null}}", "")]
    [InlineData("sampling: {preset: agreement, teacher: null}", "")]
    [InlineData("sampling: {preset: agreement, teacher: {from: folds, folds: 3}, examples: {mode: sample}, negatives: {rule: calibrated}}", "")]
    [InlineData("sampling: {preset: false-negatives, negatives: {rule: simans}, teacher: null}", "")]
    [InlineData("sampling: {preset: on-policy, teacher: {from: collection.run, calibrate: false}, positives: {scheme: raft, count: 4}}", "")]
    [InlineData("sampling: {preset: agreement, examples: {noise_rate: auto}}", "")]
    [InlineData("sampling: {preset: agreement, examples: {noise_rate: 0.1}}", "")]
    [InlineData("sampling: {preset: agreement, examples: {noise_rate: often}}", "sampling.examples.noise_rate is 'often'; use a number from 0 to 0.499.")]
    [InlineData("sampling: {preset: agreement, teacher: {calibrate: false}, examples: {noise_rate: auto}}", "sampling.examples.noise_rate is 'auto', which needs calibrated probabilities; give a number from 0 to 0.499, or leave sampling.teacher.calibrate out.")]
    [InlineData("sampling: {preset: seed-literal, examples: {bound: 3}, warm_up: 0}", "")]
    [InlineData("sampling: {preset: seed-literal, examples: {noise_rate: 0.1}}", "sampling.examples.noise_rate belongs to detector probability of scheme agreement; leave it out.")]
    public void Open_AMistake_IsTold(string sampling, string expected)
    {
        var problems = Problems(sampling);
        problems.ShouldBeUnique();
        if (expected.Length == 0) problems.ShouldBeEmpty();
        else problems.ShouldContain(problem => problem.Contains(expected, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public void Open_CrossEncoderWithoutCandidates_SaysWhatToGive() =>
        Problems("sampling: {negatives: {rule: ance}}", negatives: "{count: 2}").ShouldHaveSingleItem().ShouldContain("sampling.negatives needs candidates, and this model does not search a collection; give negatives.run, or negatives.mine with an encoder that does.");

    [Fact]
    public void Open_BiEncoder_SearchesByItselfAndNeedsACountOfNegatives()
    {
        Problems("sampling: {negatives: {rule: ance}}", "bi-encoder", "{count: 2}").ShouldBeEmpty();
        Problems("sampling: {negatives: {rule: ance}}", "bi-encoder", "{}").ShouldHaveSingleItem().ShouldContain("negatives.count is 0, but sampling.negatives is given; say how many negatives of its own a query has.");
    }

    [Fact]
    public void Open_JudgedBesideSampledPositives_IsRefused() =>
        Problems("sampling: {positives: {scheme: gumbel-top-k}}", negatives: "{count: 2, judged: 3, run: collection.run}").ShouldHaveSingleItem().ShouldContain("negatives.judged brings the other relevant passages in, of which sampling.positives draws; leave one out.");

    [Fact]
    public void Open_ParallelText_IsRefused()
    {
        _folder.Write("rows.tsv", "en\tkk\na\tb\n");
        Problems("sampling: {examples: {scheme: random}}", "bi-encoder", "{}", "{parallel: {sources: [{path: rows.tsv}]}}").ShouldContain(problem => problem.Contains("sampling needs a judged collection; leave it out beside data.parallel.", StringComparison.Ordinal));
    }
}
