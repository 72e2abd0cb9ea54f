using System.Reflection;

namespace Dragoman.Architecture.Tests.PublicApi;

/// <summary>Compares each library's public API with the reviewed text in Api; DRAGOMAN_APPROVE=1 writes that text instead.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries() => [.. Repository.SourceProjects().Where(project => project != "Cli")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_PublicApi_IsApproved(string library)
    {
        var approvedFile = ApiFile(library, "approved");
        var receivedFile = ApiFile(library, "received");
        var received = TypeDeclaration.OfLibrary(Assembly.Load($"Dragoman.{library}"));
        if (Environment.GetEnvironmentVariable("DRAGOMAN_APPROVE") == "1") File.WriteAllText(approvedFile, received);

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, received);
        Assert.Fail($"""
            The public API of Dragoman.{library} is not the approved one ('-' approved, '+' now):
            {LineDifference.Between(approved, received)}
            If this is meant, run './dragoman approve' and commit tests/Dragoman.Architecture.Tests/Api/Dragoman.{library}.approved.txt.
            """);
    }

    [Fact]
    public void ApprovedFiles_OfLibrariesThatAreGone_AreGone() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Dragoman.Architecture.Tests", "Api"), "*.approved.txt")
            .Select(file => Path.GetFileName(file).Split('.')[1])
            .Except(Repository.SourceProjects())
            .ShouldBeEmpty();

    private static string ApiFile(string library, string state) =>
        Path.Combine(Repository.Root, "tests", "Dragoman.Architecture.Tests", "Api", $"Dragoman.{library}.{state}.txt");
}
