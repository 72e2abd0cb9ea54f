using System.CommandLine;
using Dragoman.Cli.Commands;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections;

namespace Dragoman.Cli.Tests.Commands.Data;

/// <summary>The commands that <c>data get</c> ends with.</summary>
public sealed class NextCommandTests
{
    private static readonly RootCommand Root = MakeRoot();

    [Fact]
    public void Next_EveryEntry_IsACommandLineOfThisProgram()
    {
        var catalogue = DataCatalogue.BuiltIn();
        var (seen, problems) = (0, new List<string>());
        foreach (var entry in catalogue.Names().Select(catalogue.Find).DistinctBy(entry => entry.Next.Count == 0 ? "" : Shape(entry)))
        {
            foreach (var command in entry.Next)
            {
                if (!command.StartsWith("dragoman ", StringComparison.Ordinal)) continue; // HC4's documents are made by the publisher's script
                seen++;
                var parsed = Root.Parse(command["dragoman ".Length..].Split(" < ")[0]); // what the shell reads into it is no argument
                problems.AddRange(UsageProblems.Of(parsed).Select(problem => $"{entry.Name}: {command}: {problem}"));
                foreach (var option in (string[])["--language", "--query-language", "--from"])
                    if (parsed.CommandResult.Command.Options.Any(known => known.Name == option) && parsed.GetResult(option)?.Tokens is [var language] && LanguageCodes.TagOf(language.Value) is null)
                        problems.Add($"{entry.Name}: {option} {language.Value} is no language.");
            }
        }
        problems.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Next_EveryFileItNames_IsOneOfAnEntry()
    {
        var catalogue = DataCatalogue.BuiltIn();
        var problems = new List<string>();
        foreach (var entry in catalogue.Names().Select(catalogue.Find).DistinctBy(entry => entry.Next.Count == 0 ? "" : Shape(entry)))
        {
            foreach (var word in entry.Next.SelectMany(command => command.Split(' ')).Select(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(word => word.StartsWith("{folder", StringComparison.Ordinal)))
            {
                var (place, file) = (word[1..word.IndexOf('}', StringComparison.Ordinal)], word[(word.IndexOf('}', StringComparison.Ordinal) + 1)..].TrimStart('/'));
                var owner = place == "folder" ? entry : catalogue.FindOrNull(place["folder:".Length..]);
                if (owner is null) problems.Add($"{entry.Name}: {place} is no entry.");
                else if (owner != entry && !entry.Needs.Contains(owner.Name)) problems.Add($"{entry.Name}: {owner.Name} is not among what it needs.");
                else if (file.Length > 0 && !owner.Files.Any(known => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(file, known.Path, ignoreCase: false)))
                    problems.Add($"{entry.Name}: {owner.Name} has no {file}.");
            }
        }
        problems.ShouldBeEmpty();
    }

    // Entries of the same template but for their languages would only be parsed again.
    private static string Shape(CatalogueEntry entry) => entry.Family == "clirmatrix" ? entry.Name.Split('/')[^1] : entry.Name;

    private static RootCommand MakeRoot()
    {
        var root = new RootCommand();
        foreach (var command in CommandList.All()) root.Subcommands.Add(command);
        return root;
    }
}
