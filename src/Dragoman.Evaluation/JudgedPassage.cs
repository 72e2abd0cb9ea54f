namespace Dragoman.Evaluation;

/// <summary>A judgement of a query beside what the run did with the passage.</summary>
/// <param name="Grade">The grade; negative for a passage that was pooled and not judged.</param>
/// <param name="Rank">The passage's rank, from 1; 0 when it was not retrieved.</param>
/// <param name="Language">The number of its language in the <see cref="Languages.LanguageMap"/>; -1 when that does not know the passage.</param>
public readonly record struct JudgedPassage(int Grade, int Rank, int Language);
