using System.Globalization;
using System.IO.Compression;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Tests.FirstStage.Bm25;

public class Lucene8Tests
{
    private const int Cutoff = 10;

    [Theory]
    [InlineData(0.9, 0.4, "k1-0.9-b-0.4.run.txt.gz")]
    [InlineData(1.2, 0.75, "k1-1.2-b-0.75.run.txt.gz")]
    public void Retrieve_LuceneFixture_SameTopTenUpToLengthRounding(double k1, double b, string runFile)
    {
        using var folder = new TemporaryFolder();
        var passages = Lines("docs.txt.gz").Select(line => line.Split('\t')).Select(fields => new Passage(fields[0], "", fields[1], "und"));
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new PlainAnalyzer() }, cancellationToken: TestContext.Current.CancellationToken);
        using var index = SearchIndex.Open(folder["index"]);
        var queries = Lines("queries.txt.gz").Select(line => line.Split('\t')).Select(fields => new Query(fields[0], fields[1], "und")).ToList();
        var lucene = Lines(runFile).Select(line => line.Split(' '))
            .ToLookup(fields => fields[0], fields => new RankedPassage(fields[2], double.Parse(fields[4], CultureInfo.InvariantCulture)));

        var retriever = new Bm25Retriever(index, new PlainAnalyzer(), new Bm25Options { K1 = k1, B = b });
        var rankings = retriever.Retrieve(queries, new RetrievalOptions { Depth = Cutoff }, TestContext.Current.CancellationToken);

        var agreeing = queries.Where((query, place) =>
        {
            var expected = lucene[query.Id].Take(Cutoff).ToList();
            var rounding = expected.Max(passage => RoundingError(retriever.Explain(retriever.TermsOf(query), passage.PassageId, new RetrievalOptions()), passage.Score, k1, b));
            return SameUpTo(rounding, rankings[place], expected);
        }).Count();
        agreeing.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(0.99 * queries.Count), $"{agreeing} of {queries.Count} queries agree");
    }

    // With the length rounded as Lucene rounds it, our parts give Lucene's score (printed with six decimals); what is left is the effect of the rounding.
    private static double RoundingError(ScoreExplanation explanation, double luceneScore, double k1, double b)
    {
        var length = RoundedLength(explanation.Length);
        var rounded = explanation.Terms.Where(term => term.PassageFrequency > 0).Sum(term =>
            term.QueryWeight * term.Rarity * term.PassageFrequency / (term.PassageFrequency + k1 * (1 - b + b * length / explanation.AverageLength)));
        rounded.ShouldBe(luceneScore, 2e-6);
        return Math.Abs(explanation.Score - luceneScore);
    }

    // Passages in one top ten and not in the other lie within twice the rounding (one may rise, the other fall) of the other's tenth score.
    private static bool SameUpTo(double rounding, IReadOnlyList<RankedPassage> ours, List<RankedPassage> lucene)
    {
        if (ours.Count < lucene.Count) return false;
        var (ourIds, luceneIds) = (ours.Select(passage => passage.PassageId).ToHashSet(), lucene.Select(passage => passage.PassageId).ToHashSet());
        return lucene.Where(passage => !ourIds.Contains(passage.PassageId)).All(passage => passage.Score - ours[^1].Score <= 2 * rounding)
            && ours.Where(passage => !luceneIds.Contains(passage.PassageId)).All(passage => passage.Score - lucene[^1].Score <= 2 * rounding);
    }

    // Lucene's SmallFloat.intToByte4 and back: exact below 24, then 24 plus a number of four significant bits, rounded down.
    private static int RoundedLength(int length)
    {
        if (length < 24) return length;
        var rest = length - 24;
        var shift = Math.Max(0, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)rest) - 4);
        return 24 + (rest >> shift << shift);
    }

    private static List<string> Lines(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(TestPaths.Fixture("bm25-lucene8"), name)), CompressionMode.Decompress));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}
