using Dragoman.Collections.Errors;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Workers;

public sealed class WorkerEnvironmentTests
{
    private static Func<string, string?> Variables(string settings)
    {
        var values = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return name => values.GetValueOrDefault(name);
    }

    [Fact]
    public void Read_AllVariables_AreTaken() =>
        WorkerEnvironment.Read(Variables("RANK=3 WORLD_SIZE=4 MASTER_ADDR=node-a MASTER_PORT=4321 LOCAL_RANK=1")).ShouldBe(new WorkerEnvironment(3, 4, "node-a", 4321, 1));

    [Fact]
    public void Read_WithoutPortAndLocalRank_TakesTheUsualOnes() =>
        WorkerEnvironment.Read(Variables("RANK=0 WORLD_SIZE=2 MASTER_ADDR=localhost")).ShouldBe(new WorkerEnvironment(0, 2, "localhost", 29500, 0));

    [Theory]
    [InlineData("")]
    [InlineData("MASTER_ADDR=localhost MASTER_PORT=29500")]
    [InlineData("RANK=0 WORLD_SIZE=1")]
    public void Read_OneProcess_IsNoRunOfWorkers(string settings) => WorkerEnvironment.Read(Variables(settings)).ShouldBeNull();

    [Theory]
    [InlineData("RANK=1", "the environment: RANK is 1, but WORLD_SIZE, the number of workers, is not set; set both, or neither to train with one process.")]
    [InlineData("WORLD_SIZE=2 MASTER_ADDR=a", "the environment: WORLD_SIZE is 2, but RANK, this worker's number from 0, is not set; set both, or neither to train with one process.")]
    [InlineData("RANK=2 WORLD_SIZE=2 MASTER_ADDR=a", "the environment: RANK is 2, but WORLD_SIZE is 2, so that ranks go from 0 to 1.")]
    [InlineData("RANK=0 WORLD_SIZE=2", "the environment: MASTER_ADDR, the name or address of the machine that worker 0 runs on, is not set.")]
    [InlineData("RANK=first WORLD_SIZE=2 MASTER_ADDR=a", "the environment: RANK is 'first'; use a whole number, 0 or more.")]
    [InlineData("RANK=0 WORLD_SIZE=0 MASTER_ADDR=a", "the environment: WORLD_SIZE is '0'; use a whole number, 1 or more.")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=99999", "the environment: MASTER_PORT is '99999'; use a whole number, 1 or more and at most 65535.")]
    public void Read_MissingOrContradictory_SaysWhich(string settings, string expected) =>
        Should.Throw<ConfigurationException>(() => WorkerEnvironment.Read(Variables(settings))).Message.ShouldBe(expected);

    [Fact]
    public void Read_SeveralProblems_AreToldTogether() =>
        Should.Throw<ConfigurationException>(() => WorkerEnvironment.Read(Variables("RANK=5 WORLD_SIZE=2 MASTER_PORT=x"))).Problems.Count.ShouldBe(3);
}
