using System.Diagnostics;

namespace Dragoman.EndToEnd.Tests;

/// <summary>The C# files of <c>reproductions/</c>, which nothing else compiles: each builds without a warning, and refuses to start without arguments in one sentence.</summary>
[Trait("Speed", "Slow")]
public sealed class ReproductionScriptsTests
{
    private static string Folder => Path.Combine(TestPaths.Repository, "reproductions");

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Run_WithoutArguments_SaysWhatItNeeds(string script)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--file", Path.Combine(Folder, script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await output).ShouldBeEmpty();                                                          // what the compiler finds would stand here
        (await errors).TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldStartWith(Path.GetFileName(script) + " ");
        process.ExitCode.ShouldBe(2);
    }
}
