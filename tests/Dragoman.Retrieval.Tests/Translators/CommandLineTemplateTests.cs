using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators.Commands;

namespace Dragoman.Retrieval.Tests.Translators;

public class CommandLineTemplateTests
{
    [Theory]
    [InlineData("apertium -u {from3}-{to3}", "apertium|-u|eng-spa")]
    [InlineData("  mt  --from={from} --to={to} ", "mt|--from=en|--to=es")]
    [InlineData("mt 'a b' \"c \\\" d\" e\\ f ''", "mt|a b|c \" d|e f|")]
    [InlineData("mt '$HOME; rm -rf *' '|' cat a|b", "mt|$HOME; rm -rf *|||cat|a|b")]
    [InlineData("'C:\\Program Files\\mt.exe' x", "C:\\Program Files\\mt.exe|x")]
    public void For_Line_IsCutIntoWordsAndNothingElse(string line, string expected)
    {
        var (program, arguments) = CommandLineTemplate.Parse(line).For("en", "es");

        string.Join('|', [program, .. arguments]).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "names no program")]
    [InlineData("  ", "names no program")]
    [InlineData("''", "names no program")]
    [InlineData("mt 'open", "has a ' that is not closed")]
    [InlineData("mt {from} | sed s/a/b/", "holds '|', which only a shell understands")]
    [InlineData("mt 2>&1 > out", "holds '2>&1'")]
    public void Parse_UnusableLine_IsRefused(string line, string problem) =>
        Should.Throw<ConfigurationException>(() => CommandLineTemplate.Parse(line)).Message.ShouldContain(problem);
}
