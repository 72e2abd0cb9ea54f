using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Jobs;

public sealed class TrainingLogTests
{
    private sealed class Clock : TimeProvider
    {
        internal TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    [Fact]
    public void Step_ManySteps_PrintsMeanLossPlaceAndTimeLeft()
    {
        var (clock, console) = (new Clock(), new StringWriter());
        using var log = new TrainingLog(console, null, clock);
        log.Begin(40, 0, stepsPerEpoch: 10);
        for (var step = 1; step <= 12; step++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            log.Step(step, step, 1e-5, 8);
        }
        var lines = console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Trim().ShouldBe("step 1/40 (3%, epoch 1/4)  loss 1.0000  rate 1.00e-05  8 examples/s  39 s left");
        lines[^1].Trim().ShouldBe("step 11/40 (28%, epoch 2/4)  loss 9.0000  rate 1.00e-05  8 examples/s  29 s left", "9 is the mean of the losses of steps 7 to 11");
    }

    [Fact]
    public void Step_LongRun_PrintsLessOften()
    {
        var (clock, console) = (new Clock(), new StringWriter());
        using var log = new TrainingLog(console, null, clock);
        log.Begin(100_000);
        for (var step = 1; step <= 10_000; step++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            log.Step(step, 1, 1, 1);
        }
        console.ToString().Count(letter => letter == '\n').ShouldBeInRange(200, 450, "every 5 s at first, every minute after 100 minutes");
    }
}
