using System.Text.RegularExpressions;

namespace Dragoman.Architecture.Tests;

public sealed partial class SourceFileTests
{
    private const int MostLines = 400;

    private static readonly string[] Code = ["src", "tests", "native", "launcher"];

    [Fact]
    public void Files_Length_IsAtMost400Lines()
    {
        var files = Repository.Files(Code, ".cs", ".cpp", ".h", ".sh").ToList();
        files.Count.ShouldBeGreaterThan(50); // or nothing was looked at

        files.Select(file => (File: file, Lines: Repository.Read(file).AsSpan().Count('\n')))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.File}: {file.Lines} lines; look for the second responsibility")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Types_Names_SayWhatTheyAre() =>
        Offences(["src", "tests"], VagueType()).ShouldBeEmpty("a helper with no home is usually a missing noun");

    [Fact]
    public void Source_Unfinished_IsNowhere() =>
        Offences(["src"], Unfinished()).ShouldBeEmpty();

    [Theory]
    [InlineData("internal static class TensorUtils", true)]
    [InlineData("public sealed record PathHelper(string Path)", true)]
    [InlineData("namespace Dragoman.Common;", true)]
    [InlineData("internal sealed class CommonTerms", false)]
    [InlineData("var manager = new Helper();", false)]
    public void VagueType_Declaration_IsRecognised(string line, bool vague) => VagueType().IsMatch(line).ShouldBe(vague);

    private static IEnumerable<string> Offences(string[] folders, Regex pattern) =>
        from file in Repository.Files(folders, ".cs")
        where !file.EndsWith("/SourceFileTests.cs", StringComparison.Ordinal)
        from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{file}, line {line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|delegate \w+)\s+\w*(Utils?|Utilit(y|ies)|Helpers?|Common|Manager)\b|\bnamespace\s+[\w.]*\.(Utils?|Utilities|Helpers?|Common)\b")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"\bNotImplementedException\b|//.*\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Unfinished();
}
