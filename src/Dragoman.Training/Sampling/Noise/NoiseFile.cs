using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Sampling.Noise;

/// <summary>The truth about damaged judgements as a file: a header, then query, passage, what was done (a word of <see cref="NoiseKind"/>), the true grade and the grade now, separated by tabs.</summary>
public static class NoiseFile
{
    /// <summary>What the file is called beside the collection.</summary>
    public const string Name = "noise.tsv";

    private const string Header = "query-id\tcorpus-id\tnoise\ttrue-grade\tgrade";

    /// <summary>Writes the changes.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="changes">The changes.</param>
    public static void Write(string path, IEnumerable<JudgementChange> changes) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine(Header);
        foreach (var change in changes)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{change.QueryId}\t{change.PassageId}\t{Word(change.Kind)}\t{change.TrueGrade}\t{change.Grade}"));
    });

    /// <summary>Reads the changes.</summary>
    /// <param name="path">The file; may be gzip-compressed.</param>
    /// <exception cref="DataFormatException">It is not such a file, or a line is malformed or occurs twice.</exception>
    public static IReadOnlyList<JudgementChange> Read(string path)
    {
        var (changes, seen, isHeaded) = (new List<JudgementChange>(), new HashSet<(string, string)>(), false);
        foreach (var line in TextLines.Read(path))
        {
            if (line.Number == 1)
            {
                isHeaded = line.Text == Header;
                if (!isHeaded) break;
                continue;
            }
            if (line.Text.Length == 0) continue;
            var change = Parse(path, line);
            if (!seen.Add((change.QueryId, change.PassageId))) throw new DataFormatException(path, line.Number, $"the passage {change.PassageId} of query {change.QueryId} is there already; was the file put together from two?");
            changes.Add(change);
        }
        return isHeaded ? changes : throw new DataFormatException(path, 1, $"this is not the {Name} that 'dragoman prepare noise' writes (its first line is {Header.Replace('\t', ' ')}).");
    }

    private static JudgementChange Parse(string path, TextLine line)
    {
        var fields = line.Text.Split('\t');
        if (fields.Length != 5) throw new DataFormatException(path, line.Number, $"{fields.Length} fields, expected 5 (query, passage, noise, true grade, grade). Is the file truncated?");
        var kind = Enum.GetValues<NoiseKind>().Where(kind => Word(kind) == fields[2]).Select(kind => (NoiseKind?)kind).FirstOrDefault()
            ?? throw new DataFormatException(path, line.Number, $"the noise is '{fields[2]}'; expected {string.Join(", ", Enum.GetValues<NoiseKind>().Select(Word))}.");
        return new JudgementChange(fields[0], fields[1], kind, Grade(path, line, fields[3]), Grade(path, line, fields[4]));
    }

    private static int Grade(string path, TextLine line, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade) ? grade : throw new DataFormatException(path, line.Number, $"the grade is '{text}'; expected a whole number.");

    private static string Word(NoiseKind kind) => kind.ToString().ToLowerInvariant();
}
