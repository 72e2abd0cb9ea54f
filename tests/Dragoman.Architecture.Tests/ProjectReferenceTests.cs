using System.Xml.Linq;

namespace Dragoman.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    public static TheoryData<string> SourceProjects() => [.. Repository.SourceProjects()];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void Project_References_PointOnlyBackwardsInTheDataFlow(string project)
    {
        var position = Array.IndexOf(Repository.DataFlow, project);
        position.ShouldBeGreaterThanOrEqualTo(0, $"Dragoman.{project} has no place in the data flow; give it one in Repository.DataFlow and docs/architecture.md.");

        var forwards = References(project).Where(reference => Array.IndexOf(Repository.DataFlow, reference) >= position);

        forwards.ShouldBeEmpty($"Dragoman.{project} may reference only: {string.Join(", ", Repository.DataFlow[..position])}.");
    }

    [Fact]
    public void References_OfTheCommandLine_AreRead() =>
        References("Cli").ShouldContain("Collections"); // or the theory above would be true of nothing

    [Fact]
    public void Solution_EveryProject_IsListed()
    {
        var solution = XDocument.Parse(Repository.Read("Dragoman.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        solution.Order(StringComparer.Ordinal).ShouldBe(Repository.Files(["src", "tests"], ".csproj").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(Repository.Read($"src/Dragoman.{project}/Dragoman.{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Select(name => name["Dragoman.".Length..]);
}
