using Dragoman.Collections.Formats.Dictionaries;
using Dragoman.Collections.Formats.Parallel;

namespace Dragoman.Training.ParallelTexts;

/// <summary>Format of a file of parallel text.</summary>
public enum ParallelFormat
{
    /// <summary>JSON lines or TSV with a header of language tags; see <see cref="ParallelText"/>.</summary>
    Parallel,

    /// <summary>A bilingual dictionary as TSV; see <see cref="TsvDictionary"/>.</summary>
    Dictionary,

    /// <summary>CC-CEDICT; see <see cref="CedictDictionary"/>.</summary>
    Cedict,

    /// <summary>Names and keywords of symbols; see <see cref="CldrAnnotations"/>.</summary>
    Annotations,
}

/// <summary>A file of parallel text and its part in training.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Weight">How often its rows are drawn, relative to a row of weight 1; 0 or more.</param>
/// <param name="Running">Whether neighbouring rows may be joined to a passage: true for sentences, false for dictionaries and names.</param>
/// <param name="HoldOutFrom">Position, from 0, of the first row held out for evaluation, with all that follow; null for none.</param>
public sealed record ParallelSource(string Path, ParallelFormat Format, double Weight, bool Running, int? HoldOutFrom)
{
    /// <summary>Reads the rows.</summary>
    public IEnumerable<ParallelRow> Read() => Format switch
    {
        ParallelFormat.Parallel => ParallelText.Read(Path),
        ParallelFormat.Dictionary => TsvDictionary.Read(Path),
        ParallelFormat.Cedict => CedictDictionary.Read(Path),
        ParallelFormat.Annotations => CldrAnnotations.Read(Path),
        _ => throw new ArgumentOutOfRangeException(nameof(Format), Format, "not a format"),
    };

    /// <summary>Whether a row is held out.</summary>
    /// <param name="position">The row's position in the file, from 0.</param>
    public bool IsHeldOut(int position) => position >= HoldOutFrom;
}
