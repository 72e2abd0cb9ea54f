using System.Text.Json;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Catalogue;

/// <summary>Reads a catalogue file and finds everything wrong with it at once.</summary>
internal static class FamilyReader
{
    internal static FamilyDocument Read(string path, Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var json = buffer.ToArray();
        try
        {
            RequireNoNull(path, json);
            var family = JsonSerializer.Deserialize(json, FamilyJson.Default.FamilyDocument)!;
            var problems = Problems(family).ToList();
            return problems.Count == 0 ? family : throw new ConfigurationException(path, problems);
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(path, (failure.LineNumber ?? -1) + 1, $"{Problem(failure)}; docs/guides/data.md shows what a catalogue holds.", failure);
        }
    }

    /// <summary>Refuses null, which the reader of records would let stand for a text or a list.</summary>
    private static void RequireNoNull(string path, byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
                throw new DataFormatException(path, json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1, "null stands for a value; leave out what is not known.");
        }
    }

    private static IEnumerable<string> Problems(FamilyDocument family)
    {
        if (!IsWeb(family.Homepage)) yield return $"homepage is '{family.Homepage}'; use an address that starts with https:// or http://.";
        foreach (var (name, value) in ((string, string)[])[("family", family.Family), ("licence", family.Licence), ("citation", family.Citation)])
            if (string.IsNullOrWhiteSpace(value)) yield return $"{name} is empty; say 'not stated' if nothing is known.";
        if (family.Entries.Length == 0) yield return "there is no entry.";
        foreach (var twice in family.Entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)) yield return $"the name '{twice.Key}' is given to {twice.Count()} entries.";
        foreach (var problem in family.Index is null ? [] : FileProblems("the index", family.Index)) yield return problem;
        foreach (var problem in family.Entries.SelectMany(entry => EntryProblems(entry, family.Index is not null))) yield return problem;
    }

    private static IEnumerable<string> EntryProblems(EntryDocument entry, bool hasIndex)
    {
        if (!IsRelative(entry.Name)) yield return $"the name '{entry.Name}' is not usable; write parts of letters, digits, '.', '_' and '-' between '/'.";
        if (entry.Languages is not null && entry.Pairs is not null) yield return $"{entry.Name} has both languages and pairs; use one.";
        foreach (var place in (string[])[.. entry.Languages is null ? [] : (string[])["{language}"], .. entry.Pairs is null ? [] : (string[])["{query}", "{document}"]])
            if (!entry.Name.Contains(place, StringComparison.Ordinal)) yield return $"the name '{entry.Name}' lacks {place}, so that its entries have one name.";
        var languages = entry.Languages ?? entry.Pairs;
        foreach (var language in languages ?? [])
            if (language.Contains('/', StringComparison.Ordinal) || language.Contains('{', StringComparison.Ordinal) || !IsRelative(language)) yield return $"{entry.Name}: the language '{language}' is not usable in a name; write a tag such as kk or zh-Hant.";
        if (languages is not null && languages.Distinct(StringComparer.Ordinal).Count() < languages.Length) yield return $"{entry.Name} names a language twice.";
        if (languages?.Length < (entry.Pairs is null ? 1 : 2)) yield return $"{entry.Name} stands for no entry; name more languages.";
        if (entry.Files.Length == 0) yield return $"{entry.Name} has no file.";
        foreach (var twice in entry.Files.GroupBy(file => file.Path, StringComparer.Ordinal).Where(group => group.Count() > 1)) yield return $"{entry.Name} has {twice.Key} {twice.Count()} times.";
        foreach (var folder in entry.Folders.Where(folder => !IsRelative(folder))) yield return $"{entry.Name}: the folder '{folder}' is not a relative path.";
        foreach (var file in entry.Files)
        {
            if (file.Indexed is not null && (file.Indexed.Length != 2 || !hasIndex)) yield return $"{entry.Name}, {file.Path}: 'indexed' is a section and a key of the file's 'index'.";
            foreach (var problem in FileProblems($"{entry.Name}, {file.Path}", file)) yield return problem;
        }
    }

    private static IEnumerable<string> FileProblems(string where, FileDocument file)
    {
        if (!IsRelative(file.Path)) yield return $"{where}: the path '{file.Path}' is not usable; write a relative one of letters, digits, '.', '_', '-' and '/'.";
        if (file.Url is null && file.Indexed is null) yield return $"{where}: there is no url.";
        if (file.Url is not null && !IsWeb(file.Url)) yield return $"{where}: url is '{file.Url}'; use an address that starts with https:// or http://.";
        if (file.Bytes < 0 || file.About < 0) yield return $"{where}: a length is negative.";
        foreach (var (kind, hex) in ((ChecksumKind, string?)[])[(ChecksumKind.Md5, file.Md5), (ChecksumKind.Sha1, file.Sha1), (ChecksumKind.Sha256, file.Sha256)])
            if (hex is not null && (hex.Length != Checksum.DigitsOf(kind) || !hex.All(char.IsAsciiHexDigit))) yield return $"{where}: {kind} is '{hex}'; {Checksum.DigitsOf(kind)} hexadecimal digits were expected.";
    }

    private static bool IsWeb(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0;

    /// <summary>Names become folders, so none may lead out of the folder that they are put in.</summary>
    private static bool IsRelative(string path) =>
        path.Split('/').All(part => part.Length > 0 && part.Trim('.').Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '{' or '}'));

    /// <summary>What the JSON reader found, in words that name no type of the program.</summary>
    private static string Problem(JsonException failure)
    {
        var message = failure.Message;
        if (message.Contains("could not be mapped", StringComparison.Ordinal)) return $"'{message.Split('\'')[1]}' is not a key of a catalogue";
        if (message.Contains("missing required properties", StringComparison.Ordinal)) return $"keys are missing: {message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(". ")[0].Trim().TrimEnd('.')}";
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) return $"{(failure.Path is { Length: > 2 } at ? $"'{at[2..]}'" : "the whole")} has a value of another kind than it should";
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not valid JSON ({(place > 0 ? message[..place] : message).TrimEnd('.')})";
    }
}
