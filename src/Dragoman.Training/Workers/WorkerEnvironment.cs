using System.Globalization;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Workers;

/// <summary>Which worker of a run this process is and where the workers meet, by the variables that every launcher of such runs sets.</summary>
/// <param name="Rank">Number of this worker, from 0: <c>RANK</c>.</param>
/// <param name="Count">Workers in all: <c>WORLD_SIZE</c>.</param>
/// <param name="Host">Machine of worker 0: <c>MASTER_ADDR</c>.</param>
/// <param name="Port">TCP port there: <c>MASTER_PORT</c>, 29500 when it is not set.</param>
/// <param name="LocalRank">Number of this worker on its machine, which is that of its CUDA device: <c>LOCAL_RANK</c>, 0 when it is not set.</param>
public sealed record WorkerEnvironment(int Rank, int Count, string Host, int Port, int LocalRank)
{
    private const int UsualPort = 29500;

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">Gives a variable's value; null when it is not set.</param>
    /// <returns>What they say; null when they speak of no run of several workers.</returns>
    /// <exception cref="ConfigurationException">One is missing, is no number, or contradicts another; all problems are told.</exception>
    public static WorkerEnvironment? Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var problems = new List<string>();
        string? Text(string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();
        int? Number(string name, int least, int most)
        {
            if (Text(name) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            problems.Add($"{name} is '{text}'; use a whole number, {least} or more{(most == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" and at most {most}"))}.");
            return null;
        }
        if (Text("RANK") is null && Text("WORLD_SIZE") is null) return null;
        var (rank, count) = (Number("RANK", 0, int.MaxValue), Number("WORLD_SIZE", 1, int.MaxValue));
        if (Text("WORLD_SIZE") is null) problems.Add($"RANK is {Text("RANK")}, but WORLD_SIZE, the number of workers, is not set; set both, or neither to train with one process.");
        if (Text("RANK") is null) problems.Add($"WORLD_SIZE is {Text("WORLD_SIZE")}, but RANK, this worker's number from 0, is not set; set both, or neither to train with one process.");
        if (rank >= count) problems.Add(string.Create(CultureInfo.InvariantCulture, $"RANK is {rank}, but WORLD_SIZE is {count}, so that ranks go from 0 to {count - 1}."));
        var (host, port, local) = (Text("MASTER_ADDR"), Number("MASTER_PORT", 1, 65535), Number("LOCAL_RANK", 0, int.MaxValue));
        if (count > 1 && host is null) problems.Add("MASTER_ADDR, the name or address of the machine that worker 0 runs on, is not set.");
        if (problems.Count > 0) throw new ConfigurationException("the environment", problems);
        return count == 1 ? null : new WorkerEnvironment(rank!.Value, count!.Value, host!, port ?? UsualPort, local ?? 0);
    }
}
