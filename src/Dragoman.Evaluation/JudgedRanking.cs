namespace Dragoman.Evaluation;

/// <summary>What a measure sees of one query: the grades of the ranking, best first, and what could have been found.</summary>
public readonly ref struct JudgedRanking
{
    /// <summary>The grade of a passage that is not in the judgements.</summary>
    public const int Unjudged = int.MinValue;

    private readonly ReadOnlySpan<int> _judgedOnly;

    internal JudgedRanking(ReadOnlySpan<int> grades, ReadOnlySpan<int> judgedOnly, ReadOnlySpan<int> idealGrades, int relevanceLevel, LanguageView languages = default)
    {
        Grades = grades;
        _judgedOnly = judgedOnly;
        IdealGrades = idealGrades;
        RelevanceLevel = relevanceLevel;
        Languages = languages;
        Relevant = CountAtLeast(idealGrades, relevanceLevel);
    }

    /// <summary>Grade at each rank, best first; <see cref="Unjudged"/> where there is no judgement, another negative number where the passage was pooled and not judged.</summary>
    public ReadOnlySpan<int> Grades { get; }

    /// <summary>The query's judgements from 0 up, retrieved or not, descending.</summary>
    public ReadOnlySpan<int> IdealGrades { get; }

    /// <summary>Every positive grade of the query's judgements, descending.</summary>
    public ReadOnlySpan<int> IdealGains => IdealGrades[..CountAtLeast(IdealGrades, 1)];

    /// <summary>Judged passages with a grade of at least <see cref="RelevanceLevel"/>, retrieved or not.</summary>
    public int Relevant { get; }

    /// <summary>Judged passages with a grade from 0 to below <see cref="RelevanceLevel"/>, retrieved or not.</summary>
    public int NonRelevant => IdealGrades.Length - Relevant;

    /// <summary>The lowest grade that counts as relevant.</summary>
    public int RelevanceLevel { get; }

    /// <summary>The languages of the query and its passages; empty unless a measure asked for them.</summary>
    public LanguageView Languages { get; }

    /// <summary>The same ranking with another lowest relevant grade.</summary>
    /// <param name="level">The grade, 1 or more; null for the same.</param>
    public JudgedRanking WithLevel(int? level) => level is { } other && other != RelevanceLevel ? new(Grades, _judgedOnly, IdealGrades, other, Languages) : this;

    /// <summary>The same ranking without the passages that were not judged (grades from 0 up are judged): trec_eval's <c>-J</c>.</summary>
    public JudgedRanking WithoutUnjudged() => new(_judgedOnly, _judgedOnly, IdealGrades, RelevanceLevel, Languages);

    /// <summary>The same ranking cut after some ranks.</summary>
    /// <param name="cutoff">Ranks to keep at most; null for all.</param>
    public ReadOnlySpan<int> Top(int? cutoff) => cutoff < Grades.Length ? Grades[..cutoff.Value] : Grades;

    /// <summary>Relevant passages within the first ranks.</summary>
    /// <param name="cutoff">Ranks to look at, at most; null for all.</param>
    public int RelevantWithin(int? cutoff)
    {
        var count = 0;
        foreach (var grade in Top(cutoff))
            if (grade >= RelevanceLevel) count++;
        return count;
    }

    private static int CountAtLeast(ReadOnlySpan<int> descending, int level)
    {
        var count = 0;
        while (count < descending.Length && descending[count] >= level) count++;
        return count;
    }
}

/// <summary>The languages of one query and its passages, as numbers of a <see cref="Languages.LanguageMap"/>.</summary>
public readonly ref struct LanguageView
{
    internal LanguageView(int query, ReadOnlySpan<int> ranks, ReadOnlySpan<JudgedPassage> judged)
    {
        Query = query;
        Ranks = ranks;
        Judged = judged;
    }

    /// <summary>The query's language; -1 when it is not known.</summary>
    public int Query { get; }

    /// <summary>The language at each rank; -1 where it is not known.</summary>
    public ReadOnlySpan<int> Ranks { get; }

    /// <summary>Every judgement of the query, in their order.</summary>
    public ReadOnlySpan<JudgedPassage> Judged { get; }
}
