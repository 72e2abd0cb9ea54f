using System.Globalization;
using Dragoman.Benchmarks.Dense;
using Dragoman.Retrieval.Indexing;

switch (args)
{
    case ["generate", var passages, var queries, var folder]: Vectors.Write(folder, Number(passages), Number(queries)); break;
    case ["build", var precision, var links, var breadth, var folder, var threads]: DragomanRun.Build(folder, Enum.Parse<VectorPrecision>(precision), Number(links), Number(breadth), Number(threads)); break;
    case ["search", var precision, var links, var folder]: DragomanRun.Search(folder, Enum.Parse<VectorPrecision>(precision), Number(links)); break;
    case ["crossover", var passages, var links, var breadth, var folder, var threads]: CrossoverRun.Run(folder, Number(passages), Number(links), Number(breadth), Number(threads)); break;
    default:
        Console.Error.WriteLine("generate PASSAGES QUERIES FOLDER | build PRECISION LINKS BREADTH FOLDER THREADS | search PRECISION LINKS FOLDER | crossover PASSAGES LINKS BREADTH FOLDER THREADS");
        return 2;
}
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
