namespace Dragoman.Evaluation;

/// <summary>What a measure sees of one query: the grades of the ranking, best first, and what could have been found.</summary>
public readonly ref struct JudgedRanking
{
    /// <summary>The grade of a passage that was not judged.</summary>
    public const int Unjudged = int.MinValue;

    /// <summary>Makes the view.</summary>
    /// <param name="grades">Grade at each rank, best first; <see cref="Unjudged"/> where there is no judgement.</param>
    /// <param name="idealGains">Every positive grade of the query's judgements, descending.</param>
    /// <param name="relevant">Judged passages with a grade of at least <paramref name="relevanceLevel"/>.</param>
    /// <param name="nonRelevant">Judged passages with a grade from 0 to below <paramref name="relevanceLevel"/>.</param>
    /// <param name="relevanceLevel">The lowest grade that counts as relevant, 1 or more.</param>
    public JudgedRanking(ReadOnlySpan<int> grades, ReadOnlySpan<int> idealGains, int relevant, int nonRelevant, int relevanceLevel)
    {
        Grades = grades;
        IdealGains = idealGains;
        Relevant = relevant;
        NonRelevant = nonRelevant;
        RelevanceLevel = relevanceLevel;
    }

    /// <summary>Grade at each rank, best first; <see cref="Unjudged"/> where there is no judgement.</summary>
    public ReadOnlySpan<int> Grades { get; }

    /// <summary>Every positive grade of the query's judgements, descending.</summary>
    public ReadOnlySpan<int> IdealGains { get; }

    /// <summary>Judged passages with a grade of at least <see cref="RelevanceLevel"/>, retrieved or not.</summary>
    public int Relevant { get; }

    /// <summary>Judged passages with a grade from 0 to below <see cref="RelevanceLevel"/>, retrieved or not.</summary>
    public int NonRelevant { get; }

    /// <summary>The lowest grade that counts as relevant.</summary>
    public int RelevanceLevel { get; }

    /// <summary>The same ranking cut after some ranks.</summary>
    /// <param name="cutoff">Ranks to keep at most.</param>
    public ReadOnlySpan<int> Top(int cutoff) => Grades[..Math.Min(cutoff, Grades.Length)];

    /// <summary>Relevant passages within the first ranks.</summary>
    /// <param name="cutoff">Ranks to look at, at most.</param>
    public int RelevantWithin(int cutoff)
    {
        var count = 0;
        foreach (var grade in Top(cutoff))
            if (grade >= RelevanceLevel) count++;
        return count;
    }
}
