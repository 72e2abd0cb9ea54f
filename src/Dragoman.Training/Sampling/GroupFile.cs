using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Sampling;

/// <summary>
/// The groups of an epoch as a file, so that anyone can repeat it: tab-separated lines of query, passage, grade, rank, score, why and weight, under a line of these names. A line with <c>positive</c> begins a group; rank and score
/// are those in the run or of the model, and empty for what came from neither; the weight is the group's, and empty where it is 1.
/// </summary>
internal static class GroupFile
{
    private const string Header = "query\tpassage\tgrade\trank\tscore\twhy\tweight", WithoutWeight = "query\tpassage\tgrade\trank\tscore\twhy";

    /// <summary>Writes the groups; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when all is written.</param>
    /// <param name="groups">The groups.</param>
    internal static void Write(string path, IReadOnlyList<TrainingGroup> groups) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine(Header);
        foreach (var group in groups)
        {
            foreach (var candidate in group.Candidates)
            {
                var origin = candidate.Origin;
                var weight = group.Weight == 1 || origin.Why != CandidateOrigin.Positive ? "" : group.Weight.ToString("R", CultureInfo.InvariantCulture);
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{group.Query.Id}\t{candidate.Passage.Id}\t{candidate.Grade}\t{(origin.Rank == 0 ? "" : origin.Rank)}\t{(double.IsNaN(origin.Score) ? "" : origin.Score.ToString("R", CultureInfo.InvariantCulture))}\t{origin.Why}\t{weight}"));
            }
        }
    });

    /// <summary>Reads groups back; teachers' scores are not in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">Passages by id.</param>
    /// <exception cref="DataFormatException">A line is malformed, or names a query or passage that is not there.</exception>
    internal static IReadOnlyList<TrainingGroup> Read(string path, IReadOnlyDictionary<string, Query> queries, IReadOnlyDictionary<string, Passage> passages)
    {
        var groups = new List<(Query Query, double Weight, List<TrainingCandidate> Candidates)>();
        var isWeighed = true;
        foreach (var line in TextLines.Read(path))
        {
            if (line.Number == 1)
            {
                isWeighed = line.Text == Header;
                if (!isWeighed && line.Text != WithoutWeight) throw Malformed(path, line);
                continue;
            }
            if ((isWeighed ? line.Text : line.Text + "\t").Split('\t') is not [var queryId, var passageId, var gradeText, var rankText, var scoreText, var why, var weightText] || !int.TryParse(gradeText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade)
                || !TryRank(rankText, out var rank) || !TryScore(scoreText, out var score) || !TryScore(weightText, out var weight) || weight < 0 || !queries.TryGetValue(queryId, out var query) || !passages.TryGetValue(passageId, out var passage)) throw Malformed(path, line);
            if (why == CandidateOrigin.Positive) groups.Add((query, double.IsNaN(weight) ? 1 : weight, []));
            if (groups.Count == 0 || groups[^1].Query.Id != queryId) throw Malformed(path, line);
            groups[^1].Candidates.Add(new TrainingCandidate(passage, grade) { Origin = new CandidateOrigin(why, rank, score) });
        }
        return [.. groups.Select(group => new TrainingGroup(group.Query, group.Candidates) { Weight = group.Weight })];
    }

    private static bool TryRank(string text, out int rank)
    {
        rank = 0;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rank);
    }

    private static bool TryScore(string text, out double score)
    {
        score = double.NaN;
        return text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out score);
    }

    private static DataFormatException Malformed(string path, TextLine line) =>
        new(path, line.Number, $"expected {Header.Replace("\t", ", ", StringComparison.Ordinal)} of a query and a passage of this collection, found '{line.Text}'; train without --resume to draw anew.");
}
