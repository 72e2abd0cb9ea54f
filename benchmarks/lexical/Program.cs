using System.Globalization;
using Dragoman.Benchmarks.Lexical;

const string Usage = "generate PASSAGES FOLDER | index dragoman|fts5 FOLDER THREADS | search dragoman|fts5 FOLDER THREADS | positions FOLDER THREADS | psq FOLDER THREADS | table < MEASUREMENTS";
switch (args)
{
    case ["generate", var passages, var folder]: Texts.Write(folder, int.Parse(passages, CultureInfo.InvariantCulture)); break;
    case ["index", "dragoman", var folder, var threads]: DragomanRun.Index(folder, int.Parse(threads, CultureInfo.InvariantCulture)); break;
    case ["search", "dragoman", var folder, _]: DragomanRun.Search(folder); break;
    case ["index", "fts5", var folder, _]: Fts5Run.Index(folder); break;
    case ["search", "fts5", var folder, _]: Fts5Run.Search(folder); break;
    case ["positions", var folder, var threads]: PositionsRun.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture)); break;
    case ["psq", var folder, var threads]: PsqRun.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture)); break;
    case ["table"]: MeasurementTable.Print(Console.In, Console.Out); break;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
return 0;
