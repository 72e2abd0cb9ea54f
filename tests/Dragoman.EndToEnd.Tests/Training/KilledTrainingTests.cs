namespace Dragoman.EndToEnd.Tests.Training;

/// <summary>A run that is killed by SIGKILL, several times, and resumed each time ends with the very bits of one that was let be.</summary>
public sealed class KilledTrainingTests : RequiresTorch
{
    private const int Kills = 5, MostKillsWhileWriting = 60;

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("cross-encoder")]
    [InlineData("bi-encoder")]
    public async Task Train_KilledAtRandomStepsAndResumed_SameBitsAsUninterrupted(string task)
    {
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, task, checkpointSteps: 2, dropout: 0.1);
        await WholeAsync(folder);
        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var killed = TrainingProcess.Start(folder, "parts", "", "--threads", "1", "--resume");
            await killed.StepsAsync(random.Next(2, 7));
            killed.HasEnded.ShouldBeFalse(killed.Said);
            killed.Kill();
            (await killed.EndAsync()).ShouldBe(137);
        }
        Directory.Exists(folder["parts"]).ShouldBeFalse();
        await EndAsync(folder);
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
        Directory.EnumerateDirectories(folder.Path).Where(path => Path.GetFileName(path).StartsWith("parts.", StringComparison.Ordinal)).ShouldBe([folder["parts.tensorboard"]]);     // no staging folder of a killed process
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Train_KilledWhileACheckpointIsWritten_SameBitsAsUninterrupted()
    {
        using var folder = new TemporaryFolder();
        TrainingFiles.Write(folder, "bi-encoder", checkpointSteps: 1, dropout: 0.1);
        await WholeAsync(folder);
        var (hits, steps) = (0, 3);
        for (var kill = 0; kill < MostKillsWhileWriting && hits < 2; kill++)
        {
            using var killed = TrainingProcess.Start(folder, "parts", "", "--threads", "1", "--resume");
            await killed.StepsAsync(steps);
            while (!killed.HasEnded && !IsWriting(folder))
            {
            }
            killed.HasEnded.ShouldBeFalse(killed.Said);
            killed.Kill();
            await killed.EndAsync();
            // Its name says that it never became whole.
            if (IsWriting(folder)) hits++;
            steps = 1;
        }
        hits.ShouldBe(2);
        await EndAsync(folder);
        File.ReadAllBytes(folder["parts/model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole/model.safetensors"]));
    }

    private static bool IsWriting(TemporaryFolder folder) =>
        Directory.Exists(folder["parts.checkpoint"]) && Directory.EnumerateDirectories(folder["parts.checkpoint"], "step-*.tmp").Any();

    private static async Task WholeAsync(TemporaryFolder folder)
    {
        using var whole = TrainingProcess.Start(folder, "whole", "", "--threads", "1");
        (await whole.EndAsync()).ShouldBe(0, whole.Said);
    }

    private static async Task EndAsync(TemporaryFolder folder)
    {
        using var rest = TrainingProcess.Start(folder, "parts", "", "--threads", "1", "--resume");
        (await rest.EndAsync()).ShouldBe(0, rest.Said);
        rest.Said.ShouldContain("Going on after ");
    }
}
