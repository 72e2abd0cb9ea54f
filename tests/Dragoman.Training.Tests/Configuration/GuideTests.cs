using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Epochs;

namespace Dragoman.Training.Tests.Configuration;

/// <summary>The configurations of docs/guides/training.md and rejection-sampling.md.</summary>
public sealed class GuideTests
{
    private static IEnumerable<string> Blocks(string guide) => File.ReadAllText(Path.Combine(TestPaths.Repository, "docs", "guides", guide)).Split("```yaml\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>Whole files, and each line of the methods of adversarial training in the place of the one in the file before it.</summary>
    public static TheoryData<string> Configurations
    {
        get
        {
            var data = new TheoryData<string>();
            var last = "";
            foreach (var block in Blocks("training.md"))
            {
                if (block.StartsWith("task:", StringComparison.Ordinal)) data.Add(last = block);
                else if (block.StartsWith("adversarial:", StringComparison.Ordinal))
                    foreach (var line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries)) data.Add(last.Replace("adversarial: {method: fgm}", line, StringComparison.Ordinal));
            }
            string[] sampling = [.. Blocks("rejection-sampling.md")];
            data.Add(sampling[0]);
            var around = sampling[0][..sampling[0].IndexOf("sampling:", StringComparison.Ordinal)];
            data.Add(around + sampling[1]);
            foreach (var preset in sampling[2].Split('\n', StringSplitOptions.RemoveEmptyEntries)) data.Add(around + preset);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Configuration_OfTheGuide_HasKnownKeysAndValues(string yaml)
    {
        using var folder = new TemporaryFolder();
        // Folders and files are the reader's.
        IReadOnlyList<string> problems = [];
        try
        {
            TrainingTasks.Open(folder.Write("run.yaml", yaml));
        }
        catch (ConfigurationException found)
        {
            problems = found.Problems;
        }
        problems.Where(problem => !problem.Contains("does not exist", StringComparison.Ordinal) && !problem.Contains("DRAGOMAN_DATA is not set", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Guide_Presets_AreThoseOfTheCode()
    {
        var guide = File.ReadAllText(Path.Combine(TestPaths.Repository, "docs", "guides", "rejection-sampling.md"));
        foreach (var (name, keys) in SamplingPresets.All) guide.ShouldContain($"| `{name}` | `{keys[1..^1]}` |");
    }

    [Fact]
    public void Guide_Configurations_AreFound() => Configurations.Count.ShouldBeGreaterThan(9);
}
