namespace Dragoman.Evaluation.Guards;

/// <summary>Looks for one reason to doubt a number.</summary>
public abstract class Guard
{
    /// <summary>Every guard, in the order in which warnings are shown.</summary>
    public static IReadOnlyList<Guard> All { get; } =
    [
        new UnjudgedQueriesGuard(), new MissingQueriesGuard(), new ConstantScoresGuard(), new DecisiveTiesGuard(), new LowJudgedShareGuard(),
        new RandomPaddingGuard(), new SelectionGuard(), new ChosenOnTestGuard(), new UnknownPassagesGuard(), new SameIdGuard(),
    ];

    /// <summary>The name, in kebab case.</summary>
    public abstract string Name { get; }

    /// <summary>Looks at an evaluation.</summary>
    /// <param name="input">What there is to see. A guard that lacks what it needs says nothing.</param>
    /// <returns>Null when there is nothing to doubt.</returns>
    public abstract EvaluationWarning? Check(GuardInput input);

    /// <summary>Asks every guard.</summary>
    /// <param name="input">What there is to see.</param>
    public static IReadOnlyList<EvaluationWarning> CheckAll(GuardInput input) => [.. All.Select(guard => guard.Check(input)).OfType<EvaluationWarning>()];

    /// <summary>Makes the guard's warning.</summary>
    /// <param name="queries">How many queries are affected; null when it concerns the whole.</param>
    /// <param name="text">The sentence; numbers are written the same in every culture.</param>
    private protected EvaluationWarning Warn(int? queries, FormattableString text) =>
        new() { Name = Name, Text = FormattableString.Invariant(text), Queries = queries };
}
