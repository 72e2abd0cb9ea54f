using System.Globalization;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Cli.Demo;

/// <summary>Three searches a person can read: a query in one language, passages of another.</summary>
internal static class DemoSearches
{
    private const int Results = 3;
    private static readonly (string From, string To)[] Pairs = [("zh", "kk"), ("ru", "de"), ("kk", "zh")];

    /// <summary>Runs and prints the searches; a pair whose languages the collection lacks is left out.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="collection">Where the queries come from: those after the first, second and third quarter of their language's.</param>
    internal static void Show(SearchEngine engine, DemoCollection collection)
    {
        foreach (var ((from, to), place) in Pairs.Select((pair, place) => (pair, place)))
        {
            var queries = collection.Queries.Where(query => query.Language == from).ToList();
            if (queries.Count == 0 || !collection.Languages.Contains(to)) continue;
            var query = queries[queries.Count * (place + 1) / (Pairs.Length + 1)];
            var answer = engine.Search(query, method: null, new RetrievalOptions { Depth = Results, Languages = [to] });
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{from} → {to}   {query.Text}");
            foreach (var result in answer.Results)
            {
                var grade = collection.Qrels.Grade(query.Id, result.PassageId) ?? 0;
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Rank}. {result.Score:F3}  {result.Language}  grade {grade}  {result.Title}"));
                Console.Out.WriteLine($"     {Snippet.OneLine(result.Snippet)}");
            }
        }
    }

    /// <summary>A query to try: the first that was shown, or the first of all.</summary>
    internal static string Example(DemoCollection collection)
    {
        var queries = collection.Queries.Where(query => query.Language == Pairs[0].From).ToList();
        return (queries.Count == 0 ? collection.Queries[0] : queries[queries.Count / (Pairs.Length + 1)]).Text;
    }
}
