using System.Globalization;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Formats.Xquad;

/// <summary>
/// XQuAD (Artetxe, Ruder and Yogatama, 2020) as a retrieval set: a question in one language, relevant is the paragraph with that question in another.
/// Paragraphs of one article are close distractors. Split by article, so that no paragraph is relevant in two splits: article n, from 0, belongs to
/// <c>dev</c> when n mod 7 = 5, to <c>test</c> when n mod 7 = 6, else to <c>train</c> (35, 7 and 6 of the 48 articles).
/// </summary>
public sealed record XquadCollection
{
    private XquadCollection()
    {
    }

    /// <summary>All paragraphs of the passage languages, ids <c>xquad-ru-07-02</c> (language, article and paragraph, from 0). A paragraph that a language repeats is there once.</summary>
    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>All questions of the query languages, ids <c>xquad-zh-</c> and the question's own id.</summary>
    public required IReadOnlyList<Query> Queries { get; init; }

    /// <summary>The judgements of each split (<c>train</c>, <c>dev</c>, <c>test</c>): grade 1 for the paragraph with the question, in every passage language.</summary>
    public required IReadOnlyDictionary<string, Qrels> Qrels { get; init; }

    /// <summary>Reads one pair of languages.</summary>
    /// <param name="folder">The folder with <c>xquad.LANGUAGE.json</c>; the files may be gzip-compressed.</param>
    /// <param name="queryLanguage">Language of the questions.</param>
    /// <param name="passageLanguage">Language of the paragraphs; may be the same.</param>
    /// <exception cref="DragomanException">A language is not there, or a file is malformed.</exception>
    public static XquadCollection Read(string folder, string queryLanguage, string passageLanguage) => Read(folder, [queryLanguage], [passageLanguage]);

    /// <summary>Reads several languages as one collection.</summary>
    /// <param name="folder">The folder with <c>xquad.LANGUAGE.json</c>; the files may be gzip-compressed.</param>
    /// <param name="queryLanguages">Languages of the questions.</param>
    /// <param name="passageLanguages">Languages of the paragraphs.</param>
    /// <exception cref="DragomanException">A language is not there, or a file is malformed.</exception>
    public static XquadCollection Read(string folder, IReadOnlyList<string> queryLanguages, IReadOnlyList<string> passageLanguages)
    {
        var passages = new List<Passage>();
        var relevant = passageLanguages.Distinct(StringComparer.Ordinal).Select(language => AddPassages(folder, language, passages)).ToList();
        var queries = new List<Query>();
        var splits = new Dictionary<string, QrelsBuilder>(StringComparer.Ordinal) { ["train"] = new(), ["dev"] = new(), ["test"] = new() };
        foreach (var language in queryLanguages.Distinct(StringComparer.Ordinal))
        {
            var articles = XquadFile.Read(PathOf(folder, language));
            for (var article = 0; article < articles.Count; article++)
            {
                foreach (var question in articles[article].SelectMany(paragraph => paragraph.Questions))
                {
                    var query = new Query($"xquad-{language}-{question.Id}", question.Text.Trim(), language);
                    queries.Add(query);
                    foreach (var passageOf in relevant)
                        if (passageOf.TryGetValue(question.Id, out var passageId)) splits[SplitOf(article)].Add(query.Id, passageId, 1);
                }
            }
        }
        return new XquadCollection { Passages = passages, Queries = queries, Qrels = splits.ToDictionary(split => split.Key, split => split.Value.Build(), StringComparer.Ordinal) };
    }

    /// <summary>The split of an article.</summary>
    /// <param name="article">The article's number in its file, from 0.</param>
    public static string SplitOf(int article) => (article % 7) switch
    {
        5 => "dev",
        6 => "test",
        _ => "train",
    };

    /// <summary>The file of a language.</summary>
    /// <param name="folder">The folder with <c>xquad.LANGUAGE.json</c>.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="DragomanException">There is no such file.</exception>
    public static string PathOf(string folder, string language)
    {
        var path = Path.Combine(folder, $"xquad.{language}.json");
        if (File.Exists(path)) return path;
        if (File.Exists(path + ".gz")) return path + ".gz";
        if (!Directory.Exists(folder)) throw new DragomanException($"{folder} does not exist or is not a folder; name the folder with xquad.en.json and the other languages.");
        var there = Directory.EnumerateFiles(folder, "xquad.*.json*").Select(file => Path.GetFileName(file).Split('.')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        throw new DragomanException($"{path} does not exist; {(there.Count == 0 ? $"{folder} holds no xquad.LANGUAGE.json at all" : "the languages there are " + string.Join(", ", there))}.");
    }

    private static Dictionary<string, string> AddPassages(string folder, string language, List<Passage> passages)
    {
        var passageOf = new Dictionary<string, string>(StringComparer.Ordinal);      // question id -> passage id
        var idOf = new Dictionary<string, string>(StringComparer.Ordinal);           // context -> passage id
        var articles = XquadFile.Read(PathOf(folder, language));
        for (var article = 0; article < articles.Count; article++)
        {
            for (var number = 0; number < articles[article].Count; number++)
            {
                var paragraph = articles[article][number];
                if (!idOf.TryGetValue(paragraph.Context, out var id))
                {
                    id = string.Create(CultureInfo.InvariantCulture, $"xquad-{language}-{article:00}-{number:00}");
                    idOf.Add(paragraph.Context, id);
                    passages.Add(new Passage(id, "", paragraph.Context, language));
                }
                foreach (var question in paragraph.Questions) passageOf[question.Id] = id;
            }
        }
        return passageOf;
    }
}
