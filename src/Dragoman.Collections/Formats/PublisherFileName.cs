using System.Text.RegularExpressions;

namespace Dragoman.Collections.Formats;

/// <summary>What publishers say in the names of their files, as BCP 47 tags; null where the name does not say.</summary>
/// <param name="QueryLanguage">Language of the queries.</param>
/// <param name="DocumentLanguage">Language of the documents.</param>
/// <param name="Split">The split: <c>train</c>, <c>dev</c>, <c>test</c>, <c>test1</c>, <c>test-a</c>, …</param>
public sealed partial record PublisherFileName(string? QueryLanguage, string? DocumentLanguage, string? Split)
{
    // Most particular first. from, to: languages of queries and documents; both: of either, whichever the file holds.
    private static readonly Regex[] Patterns = [Clirmatrix(), AfriClirmatrix(), CiralNative(), CiralEnglish(), Topics(), MrTydiArchive(), NeuclirDocuments(), Mmarco(), BareLanguage(), Corpus()];

    private const int FoldersAbove = 3;

    /// <summary>Reads the name of a file, and where it says no language the names of the folders it lies in (MIRACL's <c>miracl-corpus-v1.0-zh/docs-0.jsonl.gz</c>).</summary>
    /// <param name="path">The path; the file need not exist.</param>
    public static PublisherFileName Read(string path)
    {
        var parts = path.Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return new PublisherFileName(null, null, null);
        var said = parts.Reverse().Take(FoldersAbove + 1).Select(Languages).FirstOrDefault(found => found != default);
        var split = Splits().Matches(parts[^1]).LastOrDefault()?.Groups["split"].Value;
        return new PublisherFileName(said.Query, said.Document, split);
    }

    private static (string? Query, string? Document) Languages(string name)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.Match(name) is not { Success: true } match) continue;
            var (from, to, both) = (Tag(match, "from"), Tag(match, "to"), Tag(match, "both"));
            if (pattern == CiralEnglish()) from = "en";
            if (from is not null || to is not null || both is not null) return (from ?? both, to ?? both);
        }
        return default;
    }

    private static string? Tag(Match match, string group)
    {
        if (match.Groups[group] is not { Success: true } code) return null;
        return EnglishNames.GetValueOrDefault(code.Value) ?? (code.Value.Length <= 12 && LanguageCodes.TagOf(code.Value) is { } tag && Known(tag) ? tag : null);
    }

    private static bool Known(string tag) => LanguageCodes.PreferredOf(tag.Split('-')[0]) is not null;

    // mMARCO and Mr.TyDi spell languages out.
    private static readonly Dictionary<string, string> EnglishNames = new(StringComparer.Ordinal)
    {
        ["arabic"] = "ar", ["bengali"] = "bn", ["chinese"] = "zh", ["dutch"] = "nl", ["english"] = "en", ["finnish"] = "fi", ["french"] = "fr", ["german"] = "de", ["hindi"] = "hi",
        ["indonesian"] = "id", ["italian"] = "it", ["japanese"] = "ja", ["korean"] = "ko", ["portuguese"] = "pt", ["russian"] = "ru", ["spanish"] = "es", ["swahili"] = "sw",
        ["telugu"] = "te", ["thai"] = "th", ["vietnamese"] = "vi",
    };

    [GeneratedRegex(@"^(?<from>[a-z-]{2,12})[._](?<to>[a-z-]{2,12})[._](train|dev|test1|test2)([._](base|full))?\.jl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clirmatrix();

    [GeneratedRegex(@"africlirmatrix-v[\d.]+\.(?<from>[a-z]{2,3})\.(?<to>[a-z]{2,3})\.", RegexOptions.CultureInvariant)]
    private static partial Regex AfriClirmatrix();

    [GeneratedRegex(@"^(topics|qrels)\.ciral-v[\d.]+-(?<both>[a-z]{2})-.*native", RegexOptions.CultureInvariant)]
    private static partial Regex CiralNative();

    [GeneratedRegex(@"^(topics|qrels)\.ciral-v[\d.]+-(?<to>[a-z]{2})-", RegexOptions.CultureInvariant)]
    private static partial Regex CiralEnglish();

    [GeneratedRegex(@"^(kazqad-)?topics[.-](?:(miracl|mrtydi)-)?(v[\d.]+|neuclir\d\d)-(?<both>[a-z]{2})[.-]", RegexOptions.CultureInvariant)]
    private static partial Regex Topics();

    [GeneratedRegex(@"^mrtydi-v[\d.]+-(?<both>[a-z]+)(\.tar\.gz|\.tgz|\.tar)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MrTydiArchive();

    [GeneratedRegex(@"^(?<to>[a-z]{3})-\d{5}-of-\d{5}\.jsonl(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NeuclirDocuments();

    [GeneratedRegex(@"^(?<both>[a-z]+)_(collection|queries)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Mmarco();

    [GeneratedRegex(@"^(?<to>[a-z]{2,3})\.tsv(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BareLanguage();

    [GeneratedRegex(@"^(miracl|africlirmatrix|ciral|kazqad)-corpus-v[\d.]+-(?<both>[a-z]{2,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Corpus();

    [GeneratedRegex(@"(?<![a-z])(?<split>train|validation|dev|test-a|test-b|test1|test2|test)(?![a-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Splits();
}
