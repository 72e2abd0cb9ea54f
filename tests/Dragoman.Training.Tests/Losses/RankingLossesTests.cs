using Dragoman.Collections.Errors;
using Dragoman.Tensors;
using Dragoman.Training.Configuration;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class RankingLossesTests
{
    private static string[] Problems(string section, bool withTeacher = false)
    {
        var file = ConfigurationFile.Parse($"loss: {{{section}}}", "loss.yaml", ".");
        RankingLosses.Read(file.Root.Section("loss"), withTeacher);
        return [.. Should.Throw<ConfigurationException>(file.ThrowIfProblems).Problems];
    }

    [Fact]
    public void Read_NothingGiven_IsTheSourcesLoss()
    {
        var file = ConfigurationFile.Parse("seed: 1", "loss.yaml", ".");
        RankingLosses.Read(file.Root.Section("loss")).ShouldBeOfType<SoftmaxHingeLoss>();
        file.Root.Effective["loss"]!.ToJsonString().ShouldBe("""{"name":"softmax-hinge","margin":0}""");
    }

    [Fact]
    public void Read_EffectiveOptions_AreThoseOfTheLossAlone()
    {
        var file = ConfigurationFile.Parse("loss: {name: lambda-loss, cutoff: 10}", "loss.yaml", ".");
        RankingLosses.Read(file.Root.Section("loss")).ShouldBeOfType<LambdaLoss>();
        file.ThrowIfProblems();
        file.Root.Effective["loss"]!.ToJsonString().ShouldBe("""{"name":"lambda-loss","weighting":"ndcg-loss2++","sigma":1,"gain":"exponential","mu":10,"cutoff":10}""".Replace("++", "\\u002B\\u002B", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_UnknownName_ListsAllNames() => Problems("name: listnett").ShouldBe([
        "line 1: loss.name is 'listnett'; use softmax-hinge, score-hinge, ranknet, cross-entropy, generalised-cross-entropy, listnet, lambda-loss, approx-ndcg, "
        + "margin-mse, kl-distillation, debiased-contrastive or cosine-hinge. Did you mean listnet?"]);

    [Fact]
    public void Read_OptionsOfOtherLossesAndWrongValues_AreToldTogether() => Problems("name: ranknet, sigma: 0, mu: 3, q: 0.5, sharpness: 2").ShouldBe([
        "line 1: loss.q belongs to loss.name generalised-cross-entropy; leave it out.",
        "line 1: loss.mu belongs to loss.name lambda-loss; leave it out.",
        "line 1: loss.sigma is '0'; use a number, 1E-06 or more.",
        "line 1: loss.sharpness is not a key used here. Known: name, q, mu, sigma."]);

    [Theory]
    [InlineData("name: listnet, target: gain, target_temperature: 1", "line 1: loss.target_temperature belongs to loss.target softmax; leave it out.")]
    [InlineData("name: listnet, smoothing: 1", "line 1: loss.smoothing belongs to loss.target gain; leave it out.")]
    [InlineData("name: lambda-loss, weighting: lambdarank, mu: 1", "line 1: loss.mu belongs to loss.weighting ndcg-loss2++; leave it out.")]
    [InlineData("name: lambda-loss, cutoff: 0", "line 1: loss.cutoff is '0'; use a whole number, 1 or more.")]
    [InlineData("name: generalised-cross-entropy, q: 1.5", "line 1: loss.q is '1.5'; use a number from 1E-06 to 1.")]
    [InlineData("name: margin-mse", "line 1: loss.name is margin-mse, which learns from a teacher's scores, and there are none here; use a loss that learns from grades.")]
    public void Read_OptionsThatDoNotFit_SayWhatTheyBelongTo(string section, string problem) => Problems(section).ShouldBe([problem]);

    [Fact]
    public void Read_TeacherThere_TeachersLossesAreTaken()
    {
        LossExamples.Read("name: kl-distillation").NeedsTeacher.ShouldBeTrue();
        LossExamples.Read("name: listnet").NeedsTeacher.ShouldBeFalse();
    }
}
