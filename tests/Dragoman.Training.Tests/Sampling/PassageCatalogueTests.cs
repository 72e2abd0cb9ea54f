using Dragoman.Collections;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Tests.Sampling;

public sealed class PassageCatalogueTests
{
    [Fact]
    public void WithTexts_Groups_AreReadAsFarAsNeededAndNoFurther()
    {
        var read = 0;
        IEnumerable<Passage> Passages()
        {
            for (var number = 0; number < 100; number++)
            {
                read++;
                yield return new Passage("p" + number, "title", "text " + number, "k" + "k");
            }
        }
        var catalogue = new PassageCatalogue(Passages());
        catalogue.Entries.Count.ShouldBe(100);
        catalogue.Entries.Values.ShouldAllBe(passage => passage.FullText.Length == 0 && ReferenceEquals(passage.Language, catalogue.Entries["p0"].Language));
        read = 0;
        var group = new TrainingGroup(new Query("q", "query", "zh"), [new TrainingCandidate(catalogue.Entries["p7"], 1) { Origin = new CandidateOrigin(CandidateOrigin.Positive) }, new TrainingCandidate(catalogue.Entries["p3"], 0)]);
        var full = catalogue.WithTexts([group, group]);
        full.Count.ShouldBe(2);
        full[1].Candidates.ShouldBe([group.Candidates[0] with { Passage = new Passage("p7", "title", "text 7", "kk") }, group.Candidates[1] with { Passage = new Passage("p3", "title", "text 3", "kk") }]);
        read.ShouldBe(8);
    }
}
