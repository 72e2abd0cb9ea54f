using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Tests.TranslationTables;

public class SymmetrisationTests
{
    // Source positions down, target positions across. Forward links: (0,0) (1,1) (1,2) (3,4); reverse links: (0,0) (1,1) (2,2) (3,4) and (4,3).
    private static readonly int[] SourceOfTarget = [0, 1, 1, -1, 3], TargetOfSource = [0, 1, 2, 4, 3];

    [Fact]
    public void Join_Intersection_KeepsWhatBothHave() =>
        Links(SymmetrisationMethod.Intersection).ShouldBe([(0, 0), (1, 1), (3, 4)]);

    [Fact]
    public void Join_Union_KeepsWhatEitherHas() =>
        Links(SymmetrisationMethod.Union).ShouldBe([(0, 0), (1, 1), (1, 2), (2, 2), (3, 4), (4, 3)]);

    [Fact]
    public void Join_GrowDiagFinalAnd_GrowsToNeighboursThatReachAnUnalignedTerm()
    {
        // (1,2) touches (1,1) and reaches the free target 2; then (2,2) touches it and reaches the free source 2; (4,3) touches (3,4) and both its terms are free.
        Links(SymmetrisationMethod.GrowDiagFinalAnd).ShouldBe([(0, 0), (1, 1), (1, 2), (2, 2), (3, 4), (4, 3)]);
    }

    [Fact]
    public void Join_GrowDiagFinalAnd_AddsLoneLinksOnlyBetweenUnalignedTerms()
    {
        // Both have (0,0). Forward alone has (0,3), whose source is aligned: left out; reverse alone has (3,2), both free: taken.
        Links(SymmetrisationMethod.GrowDiagFinalAnd, [0, -1, -1, 0], [0, -1, -1, 2]).ShouldBe([(0, 0), (3, 2)]);
    }

    private static List<(int Source, int Target)> Links(SymmetrisationMethod method) => Links(method, SourceOfTarget, TargetOfSource);

    private static List<(int Source, int Target)> Links(SymmetrisationMethod method, int[] sourceOfTarget, int[] targetOfSource)
    {
        var links = Symmetrisation.Join(sourceOfTarget, targetOfSource, method);
        return [.. from i in Enumerable.Range(0, targetOfSource.Length) from j in Enumerable.Range(0, sourceOfTarget.Length) where links[i, j] select (i, j)];
    }
}
