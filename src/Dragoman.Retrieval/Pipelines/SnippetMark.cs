namespace Dragoman.Retrieval.Pipelines;

/// <summary>A place of a text that a snippet should show.</summary>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Kind">What is there: places of one kind, such as those of one term, count once.</param>
/// <param name="Weight">How much it counts, more than 0.</param>
internal readonly record struct SnippetMark(int Start, int End, int Kind, double Weight)
{
    private const int MostMarks = 4096;
    private const double Rounding = 1e-9;

    /// <summary>Where words stand in a line, letter case aside.</summary>
    internal static List<SnippetMark> OfWords(string line, IEnumerable<string> words)
    {
        var marks = new List<SnippetMark>();
        foreach (var (kind, word) in words.Distinct(StringComparer.OrdinalIgnoreCase).Index())
        {
            for (var at = line.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0 && marks.Count < MostMarks; at = line.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
                marks.Add(new SnippetMark(at, at + word.Length, kind, 1));
        }
        marks.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        return marks;
    }

    /// <summary>Start of the first mark from which on most is seen; 0 when the beginning of the text shows as much.</summary>
    /// <param name="marks">The marks in order of their starts.</param>
    /// <param name="beginning">What is seen of the text from its beginning, in UTF-16 units.</param>
    /// <param name="room">What is seen from a mark on.</param>
    internal static int Best(IReadOnlyList<SnippetMark> marks, int beginning, int room)
    {
        var (best, start) = (WeightFrom(marks, 0, beginning), 0);
        for (var mark = 0; mark < Math.Min(marks.Count, MostMarks); mark++)
        {
            var weight = WeightFrom(marks, mark, marks[mark].Start + room);
            if (weight > best + Rounding) (best, start) = (weight, marks[mark].Start);
        }
        return start;
    }

    private static double WeightFrom(IReadOnlyList<SnippetMark> marks, int first, int end)
    {
        var (sum, kinds) = (0.0, new HashSet<int>());
        for (var mark = first; mark < marks.Count && marks[mark].Start < end; mark++)
        {
            // A mark that is too long to be seen whole counts where it begins the part.
            if ((marks[mark].End <= end || mark == first) && kinds.Add(marks[mark].Kind)) sum += marks[mark].Weight;
        }
        return sum;
    }
}
