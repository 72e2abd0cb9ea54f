using Dragoman.Collections.Formats.Dictionaries;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.LanguageIdentifiers;

/// <summary>What a file of texts with known languages looks like.</summary>
internal enum LanguageSourceFormat
{
    /// <summary>Rows of parallel text.</summary>
    Parallel,

    /// <summary>CC-CEDICT; its headwords in both scripts.</summary>
    Cedict,

    /// <summary>The first tab-separated column of lines after a header, in one language.</summary>
    Sentences,
}

/// <summary>A file of texts and its part in training.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Language">The language of <see cref="LanguageSourceFormat.Sentences"/>.</param>
/// <param name="HoldOutFrom">Position of the first row held out, with all that follow; null for none.</param>
/// <param name="HoldOutOneIn">One row in so many is held out; null for none.</param>
/// <param name="Characters">Most characters to learn from for a language.</param>
internal sealed record LanguageSource(string Path, LanguageSourceFormat Format, string Language, int? HoldOutFrom, int? HoldOutOneIn, int Characters)
{
    private const int TuneOneIn = 20;

    /// <summary>The file's name without folder and extensions.</summary>
    internal string Name => System.IO.Path.GetFileName(Path).Split('.')[0];

    internal IEnumerable<IReadOnlyDictionary<string, string>> Rows() => Format switch
    {
        LanguageSourceFormat.Parallel => ParallelText.Read(Path).Select(row => row.Texts),
        LanguageSourceFormat.Cedict => CedictDictionary.Read(Path).Select(row => row.Texts.Where(text => text.Key != "en").ToDictionary(StringComparer.Ordinal)),
        _ => TextLines.Read(Path).Skip(1).Select(line => new Dictionary<string, string>(StringComparer.Ordinal) { [Language] = line.Text.Split('\t')[0] }),
    };

    /// <summary>What a row is for. Rows are told apart by their position alone, mixed so that neighbours differ.</summary>
    internal RowUse UseOf(int position)
    {
        var mixed = (uint)(((ulong)position * 0x9E3779B97F4A7C15) >> 32);
        if (position >= HoldOutFrom || (HoldOutOneIn is { } one && mixed % (uint)one == 0)) return RowUse.HeldOut;
        return Format == LanguageSourceFormat.Parallel && mixed / 1024 % TuneOneIn == 0 ? RowUse.Tuning : RowUse.Training;
    }
}

/// <summary>What a row is used for.</summary>
internal enum RowUse
{
    /// <summary>Learned from.</summary>
    Training,

    /// <summary>Used to calibrate.</summary>
    Tuning,

    /// <summary>Used to measure only.</summary>
    HeldOut,
}
