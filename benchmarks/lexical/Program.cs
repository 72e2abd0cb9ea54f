using System.Globalization;
using Dragoman.Benchmarks.Lexical;

// generate PASSAGES FOLDER | dragoman FOLDER THREADS | positions FOLDER THREADS | psq FOLDER THREADS | fts5 FOLDER
return args switch
{
    ["generate", var passages, var folder] => Texts.Write(folder, int.Parse(passages, CultureInfo.InvariantCulture)),
    ["dragoman", var folder, var threads] => DragomanRun.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["positions", var folder, var threads] => DragomanRun.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture), positions: true),
    ["psq", var folder, var threads] => PsqRun.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["fts5", var folder] => Fts5Run.Measure(folder),
    _ => throw new ArgumentException("generate PASSAGES FOLDER | dragoman FOLDER THREADS | positions FOLDER THREADS | psq FOLDER THREADS | fts5 FOLDER"),
};
