using Dragoman.Training.Fitting;

namespace Dragoman.Training.Tests.Fitting;

public sealed class EarlyAlarmTests
{
    private static List<(long Step, string Alarm)> Alarms(long total, Func<long, double> auc, string name = "batch_auc")
    {
        var early = new EarlyAlarm(total);
        return [.. Enumerable.Range(1, (int)total).Select(step => ((long)step, Alarm: early.After(step, [("accuracy", 0), (name, auc(step))])!)).Where(step => step.Alarm is not null)];
    }

    [Fact]
    public void After_ATenthOfTheSteps_AlarmsWhenPairsAreNotToldFromMismatches()
    {
        var alarms = Alarms(200, step => step <= 20 ? 0.52 : 0.9);
        alarms.ShouldBe([(20, "AUC 0.52 of the training batches is below 0.7 after 10% of the steps: pairs are hardly told from mismatches.")]);
    }

    [Fact]
    public void After_CollapseLater_AlarmsAtTheTenthThatItBelongsTo() => Alarms(200, step => step <= 100 ? 0.9 : 0.5).Select(alarm => alarm.Step).ShouldBe([120, 140, 160, 180, 200]);

    [Fact]
    public void After_SoundOrShortOrWithoutPairs_SaysNothing()
    {
        Alarms(200, _ => 0.71).ShouldBeEmpty();
        Alarms(9, _ => 0.5).ShouldBeEmpty();
        Alarms(200, _ => 0.5, "loss").ShouldBeEmpty();
    }

    [Fact]
    public void After_FewSteps_TakesTenOfThem() => Alarms(30, _ => 0.5).Select(alarm => alarm.Step).ShouldBe([10, 20, 30]);
}
