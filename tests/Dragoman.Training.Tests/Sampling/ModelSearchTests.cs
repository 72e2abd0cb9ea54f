using Dragoman.Collections;
using Dragoman.Models.Encoders;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Tests.Sampling;

public sealed class ModelSearchTests
{
    private static readonly Passage[] Passages = [.. Enumerable.Range(0, 50).Select(i => new Passage($"p{i:00}", "", new string('x', i % 17) + i, i % 5 == 0 ? "ru" : "kk"))];
    private static readonly (Query, Passage)[] Groups = [(new Query("q1", "q1", "zh"), Passages[7]), (new Query("q2", "q2", "zh"), Passages[10]), (new Query("q3", "q3", "zh"), Passages[7])];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Search_AnyBlock_FindsWhatSortingAllFinds(int block)
    {
        using var encoder = new DrawnEncoder();
        var found = new ModelSearch(encoder, Groups, Passages, new ModelSearchOptions { Depth = 6, BlockPassages = block }).Search(TestContext.Current.CancellationToken);
        for (var group = 0; group < Groups.Length; group++)
        {
            var (query, positive) = Groups[group];
            var all = Passages.Where(passage => passage.Language == positive.Language).Select(passage => (passage.Id, Score: DrawnEncoder.Score(query.Text, passage.Text)))
                .OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.Id, StringComparer.Ordinal).ToList();
            found[group].Ranking.Select(passage => passage.PassageId).ShouldBe(all.Take(6).Select(passage => passage.Id));
            found[group].PositiveScore.ShouldNotBeNull().ShouldBe(DrawnEncoder.Score(query.Text, positive.Text), 1e-6);
            found[group].Why.ShouldBe(CandidateOrigin.Mined);
        }
        encoder.MostAtOnce.ShouldBeLessThanOrEqualTo(block);
    }

    [Fact]
    public void File_WrittenAndRead_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        var group = new TrainingGroup(Groups[0].Item1,
        [
            new TrainingCandidate(Passages[7], 5) { Origin = new CandidateOrigin(CandidateOrigin.Positive) },
            new TrainingCandidate(Passages[8], 0) { Origin = new CandidateOrigin(CandidateOrigin.Mined, 3, 0.1f) },
        ]);
        GroupFile.Write(folder["list.tsv.gz"], [group, group]);
        var read = GroupFile.Read(folder["list.tsv.gz"], Groups.ToDictionary(entry => entry.Item1.Id, entry => entry.Item1), Passages.ToDictionary(passage => passage.Id));
        read.Count.ShouldBe(2);
        read[1].Query.ShouldBe(group.Query);
        read[1].Candidates.ShouldBe(group.Candidates);
        read[1].Weight.ShouldBe(1);
    }

    [Fact]
    public void File_Weights_AreReadToTheLastDigitAndFilesWithoutThemHaveNone()
    {
        using var folder = new TemporaryFolder();
        var queries = Groups.ToDictionary(entry => entry.Item1.Id, entry => entry.Item1);
        var passages = Passages.ToDictionary(passage => passage.Id);
        TrainingGroup Of(double weight) => new(Groups[0].Item1, [new TrainingCandidate(Passages[7], 5) { Origin = new CandidateOrigin(CandidateOrigin.Positive) }, new TrainingCandidate(Passages[8], 0) { Origin = new CandidateOrigin(CandidateOrigin.Random) }]) { Weight = weight };
        GroupFile.Write(folder["list.tsv.gz"], [Of(1 / 3.0), Of(1), Of(0)]);
        GroupFile.Read(folder["list.tsv.gz"], queries, passages).Select(group => group.Weight).ShouldBe([1 / 3.0, 1, 0]);
        folder.Write("old.tsv", "query\tpassage\tgrade\trank\tscore\twhy\nq1\tp07\t5\t\t\tpositive\nq1\tp08\t0\t2\t0.5\tmined\n");
        GroupFile.Read(folder["old.tsv"], queries, passages).ShouldHaveSingleItem().Weight.ShouldBe(1);
        folder.Write("bad.tsv", "query\tpassage\tgrade\trank\tscore\twhy\tweight\nq1\tp07\t5\t\t\tpositive\t-1\n");
        Should.Throw<Dragoman.Collections.Errors.DataFormatException>(() => GroupFile.Read(folder["bad.tsv"], queries, passages)).Line.ShouldBe(2);
    }

    /// <summary>Vectors that follow from the text alone.</summary>
    private sealed class DrawnEncoder : ITextEncoder
    {
        public string Identity => "drawn";

        public int Dimension => 4;

        internal int MostAtOnce { get; private set; }

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
        {
            MostAtOnce = Math.Max(MostAtOnce, texts.Count);
            for (var text = 0; text < texts.Count; text++) Vector(texts[text]).CopyTo(vectors[(text * 4)..]);
        }

        internal static double Score(string query, string passage) => Vector(query).Zip(Vector(passage), (left, right) => left * right).Sum();

        public void Dispose()
        {
        }

        private static float[] Vector(string text)
        {
            var random = new Random(text.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter)));
            return [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble())];
        }
    }
}
